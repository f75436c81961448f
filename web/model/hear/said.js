// What is said, now or in the past: messages, notices, signs put to them, messages taken back, who types.

import { joined } from '../../irc/batch.js';
import { calls, fold, same, tame } from '../names.js';
import { item } from '../room.js';
import { presence } from './rooms.js';

const TYPING = 6000;
const STATUS = /^[~&@%+]+(?=#)/;

/** Commands that are heard here or passed over. */
export const PAST_OR_NOW = new Set(['PRIVMSG', 'NOTICE', 'TAGMSG', 'REDACT', 'PONG', 'ACK']);

/** A file of this server, as its tag and text tell. */
function fileOf(line) {
  const tag = line.tags.get('+chat/file');
  if (!tag) return null;
  const [id, size, sha256] = tag.split(';');
  const [, name, url] = /^(.*) \([^()]*\) (\S+)$/s.exec(line.params[1]) ?? [];
  return /^[\w-]{22}$/.test(id) && url ? { id, bytes: Number(size) || 0, sha256, name: tame(name), url } : null;
}

/** The item of a PRIVMSG or NOTICE. */
export function itemOf(state, line) {
  let text = line.params[1] ?? '';
  let kind = line.command === 'NOTICE' ? 'notice' : 'say';
  const ctcp = /^\x01([A-Z]+) ?(.*?)\x01?$/s.exec(text);
  if (ctcp && (ctcp[1] !== 'ACTION' || kind === 'notice')) return null;
  if (ctcp) [kind, text] = ['act', ctcp[2]];
  const mine = state.isMe(line.nick);
  const status = STATUS.exec(line.params[0])?.[0] ?? '';
  return item(kind, {
    msgid: line.tags.get('msgid'),
    time: line.tags.get('time') ?? state.stamp(),
    nick: line.nick,
    account: line.tags.get('account') ?? '',
    is_server: !line.source.includes('!'),
    text,
    mine,
    status,
    to_all: line.params[0].startsWith('$'),
    mention: !mine && calls(text, state.nick),
    reply: line.tags.get('+draft/reply') ?? line.tags.get('+reply'),
    file: fileOf(line),
  });
}

/** Where a line for `target` belongs. */
function place(state, line) {
  const target = (line.params[0] ?? '').replace(STATUS, '');
  if (state.support.isRoom(target)) return state.room(target);
  if (target.startsWith('$')) return state.here() ?? state.ordered()[0];
  if (!line.source.includes('!')) return state.isMe(target) ? state.open('*', 'server') : null;
  const other = state.isMe(line.nick) ? target : line.nick;
  if (line.command === 'NOTICE' && !state.room(other)) return state.here() ?? null;
  return line.command === 'TAGMSG' ? state.room(other) : state.open(other, 'person');
}

export function said(state, line) {
  const thing = itemOf(state, line);
  const room = thing && place(state, line);
  if (!room) return;
  room.typing.delete(line.nick);
  if (!room.past.begun && room.kind === 'person') state.call('begin', { room: room.name });
  if (!room.live) return count(state, room, thing);
  attach(room, thing);
  if (state.put(room, thing)) count(state, room, thing);
  state.touch('typing');
}

/** Unread, unless one looks at it; and a call, if it is for the person at the page. */
function count(state, room, thing) {
  if (thing.mine) return;
  const is_seen = state.is_looking && room === state.here() && room.live;
  const calls_me = thing.mention || (room.kind === 'person' && thing.kind !== 'notice');
  if (is_seen) state.call('seen');
  else {
    if (!room.unread && room.rule === null) room.rule = room.marker ?? '';
    room.unread += 1;
    if (calls_me) room.mentions += 1;
    state.touch('rooms');
  }
  if (calls_me && !is_seen) state.call('notify', { room: room.name, nick: thing.nick, text: thing.text });
}

/** What was told of a message before it was loaded. */
function attach(room, thing) {
  const early = room.early.get(thing.msgid);
  if (!early) return;
  room.early.delete(thing.msgid);
  early.forEach((change) => change(thing));
}

function change(room, msgid, how) {
  const thing = room.find(msgid);
  if (thing) {
    how(thing);
    thing.rev += 1;
  } else if (room.early.size < 2000) {
    room.early.set(msgid, [...(room.early.get(msgid) ?? []), how]);
  }
}

function mark(room, line) {
  const id = line.tags.get('+draft/reply') ?? line.tags.get('+reply');
  const put = line.tags.get('+draft/react');
  const taken = line.tags.get('+draft/unreact');
  const sign = tame(put ?? taken ?? '').slice(0, 64);
  if (!id || !sign) return;
  change(room, id, (thing) => {
    const who = thing.reactions.get(sign) ?? new Map();
    if (put !== undefined) who.set(fold(line.nick), line.nick);
    else who.delete(fold(line.nick));
    if (who.size) thing.reactions.set(sign, who);
    else thing.reactions.delete(sign);
  });
}

function takeBack(room, line) {
  change(room, line.params[1], (thing) => {
    thing.redacted = { by: line.nick, reason: line.params[2] ?? '' };
    thing.text = '';
    thing.file = null;
    thing.reactions = new Map();
  });
}

export function tagged(state, line) {
  const room = place(state, line);
  if (!room) return;
  mark(room, line);
  const typing = line.tags.get('+typing');
  if (typing && !state.isMe(line.nick)) {
    if (typing === 'done') room.typing.delete(line.nick);
    else room.typing.set(line.nick, state.now + TYPING);
    state.touch('typing');
  }
  state.touch('log');
}

export function redacted(state, line) {
  const other = state.isMe(line.params[0]) ? line.nick : line.params[0];
  const room = state.room(other);
  if (!room) return;
  takeBack(room, line);
  state.touch('log');
}

/** A line of the past, put into its room. Nothing is counted and nobody called. */
export function readPast(state, room, line) {
  if (line.command === 'BATCH') {
    if (line.type === 'draft/multiline') readPast(state, room, joined(line));
    return;
  }
  if (line.command === 'PRIVMSG' || line.command === 'NOTICE') {
    const thing = itemOf(state, line);
    if (!thing) return;
    attach(room, thing);
    if (!mineArrived(state, room, thing)) room.add(thing);
  } else if (line.command === 'TAGMSG') mark(room, line);
  else if (line.command === 'REDACT') takeBack(room, line);
  else presence(state, room, line);
}

/** What was sent on the lost connection and did arrive is found in the past: it is not sent again. */
function mineArrived(state, room, thing) {
  if (!thing.mine) return false;
  const at = room.pending.findIndex((one) => one.was_sent && one.text === thing.text && same(one.target, room.name));
  if (at < 0 || Date.parse(thing.time) < room.pending[at].at - 120000) return false;
  const [pending] = room.pending.splice(at, 1);
  state.outbox.delete(pending.label);
  state.touch('log');
  return false;
}
