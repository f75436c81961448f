// Whole conversations with a server that is only lines: what the client says, and what it knows after.

import { equal, holds, test } from './check.js';
import { parse } from '../irc/message.js';
import { enter } from '../model/commands.js';
import { hear } from '../model/hear.js';
import { greet, lost } from '../model/hear/start.js';
import * as history from '../model/history.js';
import { resend, say } from '../model/outbox.js';
import { State } from '../model/state.js';

const CAPS = 'batch echo-message labeled-response message-tags server-time draft/chathistory draft/multiline draft/read-marker draft/message-redaction draft/event-playback sasl=PLAIN standard-replies';
let at = 0;

/** A state with someone to answer it; `said` is what went out. */
function client(signin = { nick: 'ann', account: 'ann', password: '' }) {
  const state = new State();
  const own = {
    state, calls: [],
    out() {
      const { lines, calls } = state.take();
      own.calls.push(...calls);
      return lines;
    },
    hear(...lines) {
      state.now = 1000000;
      for (const line of lines) hear(state, parse(line));
      return own.out();
    },
    tagged(text, more = '') {
      at += 1;
      return `@time=2026-01-01T00:00:${String(at % 60).padStart(2, '0')}.${String(at).padStart(3, '0')}Z;msgid=m${String(at).padStart(5, '0')}${more} ${text}`;
    },
    label: (line) => /label=([^; ]+)/.exec(line)[1],
  };
  state.signin = signin;
  greet(state);
  own.out();
  own.hear(`:s CAP * LS :${CAPS}`);
  return own;
}

function online() {
  const own = client();
  own.hear(`:s CAP ann ACK :${CAPS.replace('=PLAIN', '')}`, ':s 001 ann :Welcome ann!ann@host', ':s 005 ann CHANTYPES=# PREFIX=(ov)@+ CHAT/ID NETWORK=net :are supported', ':s 422 ann :none');
  const lines = own.hear(own.tagged(':ann!ann@host JOIN #lobby'), ':s 353 ann = #lobby :@bob ann', ':s 366 ann #lobby :end');
  const asked = lines.find((line) => line.includes('CHATHISTORY'));
  own.hear(`@label=${own.label(asked)} :s BATCH +h chathistory #lobby`, ':s BATCH -h');
  own.state.is_looking = true;
  return own;
}

test('a guest negotiates and comes in', () => {
  const own = client();
  equal(own.hear(`:s CAP ann ACK :${CAPS}`), ['CAP END']);
  own.hear(':s 001 ann :Welcome ann!ann@host');
  equal([own.state.phase, own.state.mask], ['online', 'ann!ann@host']);
});

test('with a password the login comes before CAP END', () => {
  const own = client({ nick: 'ann', account: 'ann', password: 'secret' });
  equal(own.hear(`:s CAP ann ACK :${CAPS}`), []);
  equal(own.calls.map((one) => one.do), ['login']);
  equal(own.hear(':s 900 ann ann!ann@host ann :logged in', ':s 903 ann :ok'), ['CAP END']);
});

test('whoever has an account is asked for a role once in, and guests are not', () => {
  const guest = client();
  guest.hear(`:s CAP ann ACK :${CAPS}`, ':s 001 ann :Welcome ann!ann@host');
  holds(!guest.hear(':s 422 ann :none').join().includes('ADMIN'), 'a guest has none');
  const own = client({ nick: 'ann', account: 'ann', password: 'secret' });
  own.hear(`:s CAP ann ACK :${CAPS}`, ':s 900 ann ann!ann@host ann :logged in', ':s 903 ann :ok', ':s 001 ann :Welcome ann!ann@host');
  const asked = () => own.hear(':s 422 ann :none').find((line) => line.includes('ADMIN'));
  own.hear(`@label=${own.label(asked())} :s 481 ann :Permission Denied`);
  equal(own.state.may_administer, false);
  own.hear(`@label=${own.label(asked())} :s BATCH +a chat/admin`, '@batch=a :s ADMIN :{"ok":true}', ':s BATCH -a');
  equal(own.state.may_administer, true);
  own.hear(':s 901 ann ann!ann@host :logged out');
  equal(own.state.may_administer, false);
});

test('no password is sent where the server takes none', () => {
  const state = new State();
  state.signin = { nick: 'ann', account: 'ann', password: 'secret' };
  greet(state);
  hear(state, parse(':s CAP * LS :batch'));
  hear(state, parse(':s CAP ann ACK :batch'));
  const { lines, calls } = state.take();
  holds(!lines.join().includes('secret') && calls.some((one) => one.do === 'problem'), 'it must be said');
});

test('a taken name is told with free ones', () => {
  const own = client();
  own.hear(':s 433 * ann :Nickname is already in use. Free: ann_, ann2');
  const [problem] = own.calls;
  equal([problem.do, problem.free], ['problem', ['ann_', 'ann2']]);
});

test('what one says waits for its echo and is there once', () => {
  const own = online();
  const room = own.state.here();
  enter(own.state, 'hello');
  const [line] = own.out();
  holds(/^@label=\S+;\+chat\/id=\S+ PRIVMSG #lobby hello$/.test(line), line);
  equal([room.pending.length, room.items.filter((one) => one.kind === 'say').length], [1, 0]);
  own.hear(own.tagged(':ann!ann@host PRIVMSG #lobby hello', `;label=${own.label(line)}`));
  equal([room.pending.length, room.items.filter((one) => one.kind === 'say').length, own.state.outbox.size], [0, 1, 0]);
});

test('what is refused stays, with the reason', () => {
  const own = online();
  enter(own.state, 'hello');
  const [line] = own.out();
  own.hear(`@label=${own.label(line)} :s 404 ann #lobby :You are muted`);
  equal(own.state.here().pending[0].failed, 'You are muted');
});

test('several lines are one message', () => {
  const own = online();
  enter(own.state, 'one\n\nthree');
  const lines = own.out();
  holds(/label=.* BATCH \+b\d+ draft\/multiline #lobby$/.test(lines[0]), lines[0]);
  equal(lines.slice(1, 4).map((line) => line.replace(/batch=b\d+/, 'batch=b')), ['@batch=b PRIVMSG #lobby one', '@batch=b PRIVMSG #lobby :', '@batch=b PRIVMSG #lobby three']);
  equal(lines.length, 5);
});

test('a long line is one message too', () => {
  const own = online();
  enter(own.state, 'x'.repeat(1000));
  const lines = own.out();
  const texts = lines.slice(1, -1).map((line) => parse(line));
  equal(texts.map((line) => line.params[1]).join(''), 'x'.repeat(1000));
  holds(texts.slice(1).every((line) => line.tags.has('draft/multiline-concat')), 'joined without breaks');
  holds(lines.every((line) => `:ann!ann@host ${line.replace(/^@\S+ /, '')}\r\n`.length <= 512), 'each fits');
});

test('the field "to" makes it private', () => {
  const own = online();
  enter(own.state, 'psst', { to: 'bob' });
  holds(/ PRIVMSG bob psst$/.test(own.out()[0]), 'to bob');
  equal(own.state.here().name, '#lobby');
});

test('an unknown command is never sent', () => {
  const own = online();
  const refused = enter(own.state, '/jion #dev');
  holds(refused.includes('Did you mean /join?'), refused);
  equal(own.out(), []);
  equal(enter(own.state, '//help is said'), null);
  holds(own.out()[0].endsWith('PRIVMSG #lobby :/help is said'), 'one slash is said');
});

test('unread and calls are counted where one does not look', () => {
  const own = online();
  own.state.is_looking = false;
  own.hear(own.tagged(':bob!b@h PRIVMSG #lobby :hi all'), own.tagged(':bob!b@h PRIVMSG #lobby :ann: hi'), own.tagged(':bob!b@h PRIVMSG ann :psst'));
  const room = own.state.room('#lobby');
  equal([room.unread, room.mentions, own.state.room('bob').mentions], [2, 1, 1]);
  equal(own.calls.filter((one) => one.do === 'notify').map((one) => one.room), ['#lobby', 'bob']);
});

test('a notice from the server, reactions and redactions find their place', () => {
  const own = online();
  own.hear('@time=2026-01-02T00:00:00.000Z;msgid=x1 :bob!b@h PRIVMSG #lobby :react');
  own.hear('@+draft/react=🎉;+draft/reply=x1 :carl!c@h TAGMSG #lobby', '@+draft/react=🎉;+reply=x1 :ann!a@h TAGMSG #lobby');
  const thing = own.state.here().find('x1');
  equal([...thing.reactions].map(([sign, who]) => [sign, who.size]), [['🎉', 2]]);
  own.hear('@+draft/unreact=🎉;+draft/reply=x1 :carl!c@h TAGMSG #lobby');
  equal(thing.reactions.get('🎉').size, 1);
  own.hear(':bob!b@h REDACT #lobby x1 :typo');
  equal([thing.text, thing.redacted.reason], ['', 'typo']);
});

test('a reaction that comes before its message is kept for it', () => {
  const own = online();
  own.hear('@+draft/react=👍;+draft/reply=x9 :carl!c@h TAGMSG #lobby', '@msgid=x9;time=2026-01-02T00:00:00.000Z :bob!b@h PRIVMSG #lobby :late');
  equal(own.state.here().find('x9').reactions.get('👍').size, 1);
});

test('after a lost connection rooms are entered again and the past is caught up before anything is sent twice', () => {
  const own = online();
  const { state } = own;
  own.hear('@time=2026-01-02T00:00:00.000Z;msgid=y1 :bob!b@h PRIVMSG #lobby :before');
  enter(state, 'arrived');
  enter(state, 'did not arrive');
  own.out();
  lost(state);
  enter(state, 'written while away');
  equal(own.out(), []);
  greet(state);
  own.hear(`:s CAP * LS :${CAPS}`, `:s CAP ann ACK :${CAPS}`, ':s 001 ann :Welcome ann!ann@host');
  const joins = own.hear(':s 422 ann :none').filter((line) => line.startsWith('JOIN'));
  equal(joins, ['JOIN #lobby']);
  const [ask] = own.hear('@time=2026-01-02T00:01:00.000Z :ann!ann@host JOIN #lobby').filter((line) => line.includes('CHATHISTORY'));
  holds(ask.includes('AFTER #lobby msgid=y1'), ask);
  own.calls.length = 0;
  own.hear(`@label=${own.label(ask)} :s BATCH +1 chathistory #lobby`, '@batch=1;time=2026-01-02T00:00:10.000Z;msgid=y2 :ann!ann@host PRIVMSG #lobby arrived', ':s BATCH -1');
  holds(own.calls.some((one) => one.do === 'settled'), 'the past is there');
  resend(state, state.here());
  equal(own.out().map((line) => line.replace(/^@\S+ /, '')), ['PRIVMSG #lobby :did not arrive', 'PRIVMSG #lobby :written while away']);
  resend(state, state.here());
  equal(own.out(), []);
});

test('the past comes before what is there, and stops at the beginning', () => {
  const own = online();
  const { state } = own;
  const room = state.here();
  own.hear('@time=2026-01-02T00:00:00.000Z;msgid=z5 :bob!b@h PRIVMSG #lobby :five');
  room.items = room.items.filter((one) => one.msgid === 'z5');
  room.past.complete = false;
  history.older(state, room);
  const [ask] = own.out();
  holds(ask.includes('BEFORE #lobby msgid=z5'), ask);
  history.older(state, room);
  equal(own.out(), []);
  own.hear(`@label=${own.label(ask)} :s BATCH +1 chathistory #lobby`, '@batch=1;time=2026-01-01T00:00:00.000Z;msgid=z4 :bob!b@h PRIVMSG #lobby :four', ':s BATCH -1');
  equal([room.items.map((one) => one.msgid), room.past.complete], [['z4', 'z5'], true]);
});

test('what was read is told once, and another device counts too', () => {
  const own = online();
  const { state } = own;
  own.hear('@time=2026-01-03T00:00:00.000Z;msgid=r1 :bob!b@h PRIVMSG #lobby :read me');
  history.read(state, state.here());
  history.read(state, state.here());
  equal(own.out(), ['MARKREAD #lobby timestamp=2026-01-03T00:00:00.000Z']);
  state.is_looking = false;
  own.hear('@time=2026-01-03T00:00:01.000Z;msgid=r2 :bob!b@h PRIVMSG #lobby :unread');
  equal(state.here().unread, 1);
  own.hear(':s MARKREAD #lobby timestamp=2026-01-03T00:00:01.000Z');
  equal(state.here().unread, 0);
});

test('people come, go, change names and ranks', () => {
  const own = online();
  const room = own.state.here();
  own.hear(':carl!c@h JOIN #lobby * :Carl', ':s MODE #lobby +v-o carl bob', ':carl!c@h NICK :dora');
  equal([room.member('dora').ranks, room.member('bob').ranks, room.member('carl')], ['+', '', undefined]);
  own.hear(':dora!c@h AWAY :lunch');
  equal(room.member('dora').away, true);
  own.hear(':dora!c@h QUIT :bye');
  equal(room.members.size, 2);
  own.hear(':bob!b@h KICK #lobby ann :out');
  equal([room.joined, room.members.size], [false, 0]);
});

test('a file of the server is told as one, another link is a text', () => {
  const own = online();
  const id = 'A'.repeat(22);
  own.hear(own.tagged(`:bob!b@h PRIVMSG #lobby :a b.png (1.2 MB) http://x/files/${id}/a%20b.png`, `;+chat/file=${id}\\:1258291\\:ff`));
  equal(own.state.here().last().file.name, 'a b.png');
  own.hear(own.tagged(':bob!b@h PRIVMSG #lobby :a.png (1 B) http://evil/', ';+chat/file=../../x\\:1\\:ff'));
  equal(own.state.here().last().file, null);
});

test('a faulty line changes nothing and throws nothing', () => {
  const own = online();
  for (const command of ['JOIN', 'PART', 'KICK', 'NICK', 'TOPIC', 'MODE', 'PRIVMSG', 'NOTICE', 'TAGMSG', 'REDACT', 'MARKREAD', '353', '354', '332', '366', 'CAP', 'BATCH', 'FAIL', 'NOTE', 'INVITE', 'RENAME', 'AWAY', 'ACCOUNT', '433', '005', '900', 'REGISTER', 'ERROR', 'KILL', '401', '999', '']) {
    own.hear(`:x!y@z ${command}`, `:x!y@z ${command} a`, `${command} #lobby`, `:s ${command} ann #nowhere x y`);
  }
  say(own.state, '#lobby', 'still here');
  holds(own.state.rooms.size >= 1, 'rooms');
});
