// Holds the state and the connection together: lines come in, what the state wants done goes out, the page is drawn.

import * as sasl from './irc/sasl.js';
import { Connection } from './irc/connection.js';
import { parse } from './irc/message.js';
import { hear } from './model/hear.js';
import { greet, lost } from './model/hear/start.js';
import { fold } from './model/names.js';
import { State } from './model/state.js';

const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';

export class Session {
  /** `on` has call(what), draw(parts). */
  constructor(settings, on) {
    this.on = on;
    this.state = new State(settings);
    this.state.unique = () => {
      const raw = crypto.getRandomValues(new Uint8Array(15));
      return btoa(String.fromCharCode(...raw)).replace(/\+/g, '-').replace(/\//g, '_');
    };
    this.parts = new Set();
    this.connection = new Connection(`${scheme}//${location.host}/irc`, {
      opened: () => this.run((state) => greet(state)),
      line: (text) => this.run((state) => hear(state, parse(text))),
      lost: (wait, code, reason) => this.run((state) => {
        const was = state.phase;
        lost(state);
        state.call('lost', { wait, code, reason: state.reason || reason, was });
        state.reason = '';
      }),
    });
    setInterval(() => this.run((state) => state.touch('typing')), 3000);
  }

  /** Changes the state, then does what that asks for. */
  run(change) {
    this.state.now = Date.now();
    const out = change(this.state);
    this.flush();
    return out;
  }

  flush() {
    const { lines, touched, calls } = this.state.take();
    lines.forEach((line) => this.connection.send(line));
    touched.forEach((part) => this.parts.add(part));
    if (this.parts.size) this.plan();
    calls.forEach((what) => this.took(what));
  }

  took(what) {
    if (what.do === 'login') this.login(what.mechanisms);
    else if (what.do === 'challenge') this.challenge(what.text);
    else this.on.call(what);
  }

  /** Draws once for all that happens until the next picture. A page in the background gets no pictures. */
  plan() {
    if (this.planned) return;
    this.planned = true;
    const draw = () => {
      this.planned = false;
      const { parts } = this;
      this.parts = new Set();
      this.on.draw(parts);
    };
    if (document.hidden) setTimeout(draw, 100);
    else requestAnimationFrame(draw);
  }

  enter(signin) {
    if (this.state.signin && fold(this.state.signin.nick) !== fold(signin.nick)) this.state.forgetAll();
    this.state.signin = signin;
    this.state.is_put_out = false;
    this.state.phase = 'connecting';
    this.connection.close();
    this.connection.tries = 0;
    this.connection.open();
  }

  login(mechanisms, account = this.state.signin.account, password = this.state.signin.password) {
    this.proof = { account, password };
    this.way = sasl.begin(mechanisms, account, password);
    if (this.way) return this.run((state) => state.send('AUTHENTICATE', [this.way.name]));
    return this.on.call({ do: 'problem', text: 'This browser cannot log in here.' });
  }

  async challenge(text) {
    if (!this.way) return;
    try {
      const parts = await sasl.answer(this.way, text);
      this.run((state) => parts.forEach((part) => state.send('AUTHENTICATE', [part])));
    } catch (error) {
      this.run((state) => {
        state.send('AUTHENTICATE', ['*']);
        state.call('problem', { text: `Logging in failed: ${error.message}` });
      });
    }
  }

  /** Leaves for good, and says so. */
  leave(reason) {
    this.connection.close(reason === null ? '' : `QUIT :${reason.replace(/[\r\n]/g, ' ')}`);
    this.run((state) => {
      state.forgetAll();
    });
  }
}
