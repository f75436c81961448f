// What was said before: asking for it, putting it in its place, and how far it was read.

import { readPast } from './hear/said.js';

const PAGE = 60;
const ENOUGH = 15;

const can = (state) => state.caps.has('draft/chathistory') && state.phase === 'online';

function ask(state, room, words, then) {
  room.past.loading = true;
  state.ask('CHATHISTORY', words, (lines) => {
    room.past.loading = false;
    const batch = lines.find((line) => line.command === 'BATCH');
    const failed = lines.find((line) => line.command === 'FAIL');
    if (failed) room.past.complete = true;
    then(batch?.lines ?? []);
    state.touch('log', 'rooms');
  });
  state.touch('log');
}

const most = (state) => Math.min(PAGE, state.support.number('CHATHISTORY', PAGE));

/** Puts lines of the past into a room; how many of them were new. */
function take(state, room, lines) {
  const before = room.items.length;
  lines.forEach((line) => readPast(state, room, line));
  return room.items.length - before;
}

/** The newest part; and after a lost connection what was missed. */
export function newest(state, room) {
  if (room.past.loading || room.kind === 'server') return;
  if (!can(state)) return state.call('settled', { room: room.name });
  const last = [...room.items].reverse().find((one) => one.msgid);
  const limit = state.support.number('CHATHISTORY', 100);
  const words = last ? ['AFTER', room.name, `msgid=${last.msgid}`, limit] : ['LATEST', room.name, '*', most(state)];
  room.past.begun = true;
  ask(state, room, words, (lines) => {
    take(state, room, lines);
    if (last && lines.length >= limit && room.items.length < 800) return newest(state, room);
    if (last && lines.length >= limit) {
      room.forget();
      return newest(state, room);
    }
    if (!last && lines.length < most(state)) room.past.complete = true;
    room.live = true;
    room.recount(state.nick);
    return state.call('settled', { room: room.name });
  });
  return undefined;
}

/** What stands before the oldest that is shown. */
export function older(state, room) {
  if (!can(state) || room.past.loading || room.past.complete || room.kind === 'server') return;
  const first = room.items.find((one) => one.msgid);
  if (!first) return newest(state, room);
  ask(state, room, ['BEFORE', room.name, `msgid=${first.msgid}`, most(state)], (lines) => {
    const added = take(state, room, lines);
    if (lines.length < most(state)) room.past.complete = true;
    else if (added < ENOUGH) older(state, room);
  });
  return undefined;
}

/** What follows the newest that is shown, while an older part is. */
export function newer(state, room) {
  if (!can(state) || room.past.loading || room.live) return;
  const last = [...room.items].reverse().find((one) => one.msgid);
  ask(state, room, ['AFTER', room.name, `msgid=${last.msgid}`, most(state)], (lines) => {
    take(state, room, lines);
    if (lines.length < most(state)) room.live = true;
  });
}

/** The part around one message. */
export function around(state, room, msgid) {
  if (room.find(msgid)) return state.call('show', { room: room.name, msgid });
  room.forget();
  room.live = false;
  room.past.begun = true;
  ask(state, room, ['AROUND', room.name, `msgid=${msgid}`, most(state)], (lines) => {
    take(state, room, lines);
    state.call('show', { room: room.name, msgid });
  });
  return undefined;
}

/** Back to what is said now. */
export function present(state, room) {
  room.forget();
  room.live = true;
  newest(state, room);
}

/** With whom something was said lately: their conversations are opened. */
export function conversations(state) {
  if (!can(state)) return;
  const month = 30 * 24 * 3600 * 1000;
  const from = new Date(state.now - month).toISOString();
  const to = new Date(state.now + 60000).toISOString();
  state.ask('CHATHISTORY', ['TARGETS', `timestamp=${from}`, `timestamp=${to}`, 50], (lines) => {
    const told = lines.find((line) => line.command === 'BATCH')?.lines ?? [];
    const people = told.filter((line) => line.params[0] === 'TARGETS' && !state.support.isRoom(line.params[1] ?? ''));
    // What they said is asked for once it is known that some of it is unread, or when one goes there.
    for (const line of people.slice(0, 20)) {
      const room = state.open(line.params[1], 'person');
      room.latest = line.params[2] ?? '';
      if (room.past.begun) newest(state, room);
      else if (state.caps.has('draft/read-marker')) state.send('MARKREAD', [room.name]);
      else newest(state, room);
    }
  });
}

/** The first look at a conversation: how far it was read, and what was said. */
export function begin(state, room) {
  if (state.caps.has('draft/read-marker')) state.send('MARKREAD', [room.name]);
  newest(state, room);
}

/** All that is shown of a room was read. */
export function read(state, room) {
  const last = [...room.items].reverse().find((one) => one.msgid);
  const had = room.unread + room.mentions;
  room.unread = 0;
  room.mentions = 0;
  if (had) state.touch('rooms');
  if (!last || !room.live || (room.marker && room.marker >= last.time) || !state.caps.has('draft/read-marker')) return;
  room.marker = last.time;
  state.send('MARKREAD', [room.name, `timestamp=${last.time}`]);
}

/** Finds what was said; `then` gets the items, newest first. */
export function search(state, query, then) {
  const words = Object.entries(query).filter(([, value]) => value);
  const clean = (text) => String(text).replace(/\\/g, '\\\\').replace(/;/g, '\\:').replace(/ /g, '\\s');
  const text = words.map(([key, value]) => `${key}=${clean(value)}`).join(';');
  state.ask('SEARCH', [text], (lines) => {
    const failed = lines.find((line) => line.command === 'FAIL');
    const found = lines.find((line) => line.command === 'BATCH')?.lines ?? [];
    then(found, failed?.params.at(-1));
  });
}
