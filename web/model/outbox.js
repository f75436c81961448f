// What one says: it waits in its room, with an id of its own, until the server's echo shows that it is stored.
// After a lost connection it is sent again, unless the past shows that it had arrived.

import { bytes, pieces } from '../irc/message.js';

const LINE = 512;

/** How many bytes of text fit on a line to `target`. */
function space(state, target) {
  const own = bytes(`:${state.mask || `${state.nick}!${'u'.repeat(20)}@${'h'.repeat(63)}`} PRIVMSG ${target} :\r\n`);
  return Math.max(100, LINE - own - 4);
}

/** Says something to a room or person. */
export function say(state, target, text, more = {}) {
  const room = state.support.isRoom(target) ? state.room(target) : state.open(target, 'person');
  if (!room) return state.tell(`You are not in ${target}.`, 'error');
  const entry = {
    key: `p${state.fresh('')}`,
    label: state.fresh('m'),
    id: state.unique(),
    room: room.name,
    target,
    text,
    reply: more.reply,
    is_act: more.is_act ?? false,
    at: state.now,
    was_sent: false,
    rev: 0,
  };
  room.pending.push(entry);
  state.outbox.set(entry.label, entry);
  transmit(state, entry);
  state.touch('log', 'rooms');
  return entry;
}

/** Sends an entry, if there is a connection. */
export function transmit(state, entry) {
  if (state.phase !== 'online') return;
  entry.was_sent = true;
  entry.sent_on = state.connection;
  entry.failed = undefined;
  entry.rev += 1;
  const tags = { label: entry.label };
  if (state.support.has('CHAT/ID')) tags['+chat/id'] = entry.id;
  if (entry.reply) tags['+draft/reply'] = entry.reply;
  const most = space(state, entry.target);
  const wrap = (text) => (entry.is_act ? `\x01ACTION ${text}\x01` : text);
  const is_short = !entry.text.includes('\n') && bytes(wrap(entry.text)) <= most;
  if (is_short) state.send('PRIVMSG', [entry.target, wrap(entry.text)], tags);
  else if (state.caps.has('draft/multiline') && !entry.is_act) several(state, entry, tags, most);
  else apart(state, entry, tags, most - (entry.is_act ? 9 : 0), wrap);
}

/** As one message of several lines. */
function several(state, entry, tags, most) {
  const reference = state.fresh('b');
  state.send('BATCH', [`+${reference}`, 'draft/multiline', entry.target], tags);
  for (const line of entry.text.split('\n')) {
    pieces(line, most).forEach((piece, index) => {
      const concat = index > 0 ? { 'draft/multiline-concat': '' } : {};
      state.send('PRIVMSG', [entry.target, piece], { batch: reference, ...concat });
    });
  }
  state.send('BATCH', [`-${reference}`]);
}

/** As messages of their own, where the server knows no others. The last one settles it. */
function apart(state, entry, tags, most, wrap) {
  const parts = entry.text.split('\n').filter(Boolean).flatMap((line) => pieces(line, most));
  parts.forEach((part, index) => {
    const is_last = index === parts.length - 1;
    const own = is_last ? tags : {};
    state.send('PRIVMSG', [entry.target, wrap(part)], own);
  });
}

/** Whether a line is the echo, or the refusal, of something that waits; then it is taken off the list. */
export function settle(state, line) {
  const label = line.tags.get('label');
  const entry = label && state.outbox.get(label);
  if (!entry) return false;
  const is_echo = (line.command === 'PRIVMSG' || line.command === 'NOTICE') && state.isMe(line.nick);
  const is_no = line.command === 'FAIL' || /^[45]\d\d$/.test(line.command);
  if (is_echo) {
    forget(state, entry);
    return false;
  }
  if (!is_no) return false;
  refuse(state, entry, line.params.at(-1));
  return true;
}

/** It stays in its room, to be sent again; who looks elsewhere is told there. */
function refuse(state, entry, why) {
  entry.failed = why;
  entry.rev += 1;
  state.touch('log');
  const room = state.room(entry.room);
  if (!room || room === state.here()) return;
  state.tell(`Not sent to ${entry.target}: ${why}. It was: ${entry.text}`, 'error');
  if (room.kind === 'person' && !room.items.length) {
    state.outbox.delete(entry.label);
    state.drop(room.name);
  }
}

/** Takes an entry off the list. */
export function forget(state, entry) {
  state.outbox.delete(entry.label);
  const room = state.room(entry.room);
  if (room) room.pending = room.pending.filter((one) => one !== entry);
  state.touch('log');
}

/** Sends again what did not arrive in a room; called when its past is loaded. */
export function resend(state, room) {
  room.pending.filter((entry) => !entry.failed && entry.sent_on !== state.connection).forEach((entry) => transmit(state, entry));
}

/** What waits, to be kept over a reload of the page. */
export function waiting(state) {
  return [...state.outbox.values()].map(({ target, text, reply, is_act }) => ({ target, text, reply, is_act }));
}
