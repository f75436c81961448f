// How a connection begins: capabilities, login, the name, the burst; and how it ends.

import { newest, conversations } from '../history.js';
import { resend } from '../outbox.js';

/** The first lines of a connection. */
export function greet(state) {
  state.phase = 'greeting';
  state.connection += 1;
  state.caps.on.clear();
  state.caps.offered.clear();
  state.batches.clear();
  state.asked.clear();
  const { nick } = state.signin;
  Object.assign(state, { nick, account: '', is_operator: false, may_administer: false });
  state.send('CAP', ['LS', '302']);
  state.send('NICK', [nick]);
  state.send('USER', [nick.replace(/[^\w]/g, '').slice(0, 18) || 'web', '0', '*', nick]);
  state.touch('phase');
}

/** The connection is gone. */
export function lost(state) {
  const joined = [...state.rooms.values()].filter((room) => room.joined);
  if (state.phase === 'online') state.again = joined.map((room) => room.name);
  for (const room of state.rooms.values()) {
    room.joined = false;
    room.past.loading = false;
    room.typing.clear();
  }
  state.phase = 'waiting';
  state.touch('phase', 'rooms', 'head', 'typing');
}

function cap(state, line) {
  const [, word, ...rest] = line.params;
  const words = rest.at(-1) ?? '';
  if (word === 'LS' || word === 'NEW') {
    const wanted = state.caps.offer(words);
    if (rest.length > 1 && rest[0] === '*') return;
    if (wanted.length) state.send('CAP', ['REQ', wanted.join(' ')]);
    else if (word === 'LS') authenticate(state);
  } else if (word === 'ACK') {
    state.caps.acknowledge(words);
    if (state.phase === 'greeting') authenticate(state);
  } else if (word === 'DEL') state.caps.withdraw(words);
  else if (word === 'NAK' && state.phase === 'greeting') authenticate(state);
}

/** With the capabilities on: log in, register or come in. */
function authenticate(state) {
  const { password, is_new } = state.signin;
  if (!password) return state.send('CAP', ['END']);
  if (is_new) return register(state);
  if (!state.caps.has('sasl')) {
    return problem(state, 'This server takes passwords only over https (or on its own machine). Enter as a guest, or use its https address.');
  }
  return state.call('login', { mechanisms: state.caps.offered.get('sasl') });
}

function register(state) {
  if (state.caps.has('draft/account-registration')) return state.send('REGISTER', ['*', '*', state.signin.password]);
  return problem(state, 'This server makes accounts only over https (or on its own machine). Enter as a guest, or use its https address.');
}

/** Signing in did not work: back to its page, with the reason. */
export function problem(state, text, more = {}) {
  state.call('problem', { text, ...more });
}

/** A name or a password is refused. */
function refused(state, line) {
  const text = line.params.at(-1);
  if (state.phase !== 'greeting') return state.tell(`${line.params[1] ?? ''}: ${text}`, 'error');
  const free = (/Free: (.*)$/.exec(text)?.[1] ?? '').split(',').map((name) => name.trim()).filter(Boolean);
  const is_registered = text.includes('ACCOUNT_REQUIRED');
  const was_in = state.again.length > 0 || state.rooms.size > 0;
  if (was_in && !state.signin.password && free.length) {
    state.nick = free[0];
    state.renamed = `The name ${state.signin.nick} is taken at the moment. You are ${free[0]}; /nick ${state.signin.nick} takes it back.`;
    return state.send('NICK', [free[0]]);
  }
  const name = line.params[1];
  const words = is_registered ? `${name} is registered. If it is yours, give its password; else pick another name.` : `The name ${name} is taken.`;
  return problem(state, line.command === '433' ? words : text, { free, is_registered });
}

function loggedIn(state, line) {
  state.account = line.params[2] ?? '';
  state.touch('phase', 'rooms');
}

function loggedOut(state) {
  state.account = '';
  state.may_administer = false;
  state.call('loggedout');
  state.touch('phase', 'rooms');
}

/** Asks what only somebody with a role is answered: an account can carry one without OPER. */
function askRole(state) {
  state.ask('ADMIN', ['status --json'], (lines) => {
    state.may_administer = lines.flatMap((line) => line.lines ?? [line]).some((line) => line.command === 'ADMIN');
    state.touch('phase', 'rooms');
  });
}

function loginDone(state) {
  if (state.phase === 'greeting') state.send('CAP', ['END']);
  else {
    state.call('loggedin');
    askRole(state);
    state.tell(`You are logged in as ${state.account}.`);
  }
}

function loginFailed(state, line) {
  const text = line.params.at(-1).replace(/^SASL authentication failed: /, '');
  if (state.phase === 'greeting') problem(state, text, { is_registered: true });
  else state.tell(text, 'error');
}

function registered(state, line) {
  const [word, account, text] = line.params;
  if (word === 'SUCCESS') {
    state.account = account;
    if (state.phase === 'greeting') {
      state.signin.is_new = false;
      state.signin.account = account;
      state.send('CAP', ['END']);
    } else {
      askRole(state);
      state.tell(`${account} is your account now. Log in with its password wherever you are.`);
    }
    state.call('registered', { account });
  } else state.tell(text ?? 'The registration needs another step.');
  state.touch('phase', 'rooms');
}

function welcome(state, line) {
  state.nick = line.params[0];
  state.mask = /\S+!\S+@\S+$/.exec(line.params.at(-1) ?? '')?.[0] ?? '';
  state.phase = 'online';
  state.touch('phase', 'rooms', 'head');
  state.call('online');
}

function supports(state, line) {
  state.support.take(line.params.slice(1, -1));
  state.network = state.support.get('NETWORK', line.source);
  state.touch('phase');
}

/** The burst is over: back to where one was. */
function begun(state) {
  const rooms = state.again.filter((name) => !state.room(name)?.joined);
  state.again = [];
  rooms.forEach((name) => state.send('JOIN', [name]));
  conversations(state);
  if (state.account) askRole(state);
  for (const room of state.rooms.values()) {
    if (room.kind !== 'person') continue;
    if (room.pending.length && room.past.begun) newest(state, room);
    else resend(state, room);
  }
  if (state.away) state.send('AWAY', [state.away]);
  if (state.renamed) state.tell(state.renamed);
  state.renamed = '';
}

function failed(state, line) {
  const [verb, code] = line.params;
  const text = line.params.at(-1);
  if (state.phase === 'greeting') {
    const is_registered = code === 'ACCOUNT_EXISTS' || code === 'ACCOUNT_REQUIRED';
    return problem(state, text, { is_registered });
  }
  const room = line.params.slice(2, -1).map((name) => state.room(name)).find(Boolean) ?? state.here();
  state.tell(text, 'error', room);
  state.call('failed', { verb, code, text });
  return undefined;
}

function noted(state, line) {
  const room = line.params.slice(2, -1).map((name) => state.room(name)).find(Boolean) ?? state.here();
  const text = line.params.at(-1);
  const was_told = room?.items.slice(-6).some((one) => one.kind === 'info' && one.text === text);
  if (!was_told) state.tell(text, line.command === 'WARN' ? 'error' : 'info', room);
}

/** The server ends the connection and says why. */
function ended(state, line) {
  const reason = line.params.at(-1) ?? '';
  if (state.phase === 'greeting') return problem(state, reason);
  state.reason = reason;
  if (state.is_put_out) state.call('out', { text: reason });
  return undefined;
}

function putOut(state, line) {
  if (line.command === 'KILL' && !state.isMe(line.params[0])) return;
  state.is_put_out = true;
  if (line.command === '465' && state.phase === 'greeting') problem(state, line.params.at(-1));
}

export const TABLE = {
  CAP: cap,
  AUTHENTICATE: (state, line) => state.call('challenge', { text: line.params[0] }),
  PING: (state, line) => state.send('PONG', line.params),
  REGISTER: registered,
  FAIL: failed,
  WARN: noted,
  NOTE: noted,
  ERROR: ended,
  KILL: putOut,
  '001': welcome,
  '005': supports,
  376: begun,
  422: begun,
  381: (state) => {
    state.is_operator = true;
    state.touch('phase', 'rooms');
    state.tell('You are an operator of this server.');
  },
  432: refused,
  433: refused,
  437: refused,
  465: putOut,
  900: loggedIn,
  901: loggedOut,
  903: loginDone,
  902: loginFailed,
  904: loginFailed,
  905: loginFailed,
  906: loginFailed,
  908: () => {},
};
