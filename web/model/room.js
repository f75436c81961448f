// A place where things are said: a room, a person, or the server itself. Its items are in the order of time.

import { fold, same } from './names.js';

const MOST_ITEMS = 1500;
const PRESENCE_TOGETHER = 120000;

export const SAID = new Set(['say', 'act', 'notice']);

let counter = 0;

/** A thing to show in a room. Whoever changes it raises `rev`. */
export function item(kind, fields) {
  counter += 1;
  return { key: `i${counter}`, kind, rev: 0, reactions: new Map(), ...fields };
}

/** Whether one stands after the other; ids of messages rise with time. */
function isAfter(one, other) {
  if (one.time !== other.time) return one.time > other.time;
  return Boolean(one.msgid && other.msgid && one.msgid > other.msgid);
}

export class Room {
  items = [];
  /** What waits for the server's echo. */
  pending = [];
  /** By folded nick: {nick, ranks, away, account}. */
  members = new Map();
  /** Who is typing: nick to the moment it ends. */
  typing = new Map();
  joined = false;
  topic = '';
  modes = '';
  unread = 0;
  mentions = 0;
  /** Read until this server time; null: never told. */
  marker = null;
  /** Where the line "new" stands: after what was read when the room was entered. */
  rule = null;
  draft = '';
  /** Reactions and redactions of what is not loaded yet, by msgid. */
  early = new Map();
  past = { loading: false, complete: false, begun: false };
  /** False while an older part is shown, found by a search. */
  live = true;
  /** When something was said last, as the server told; '': not told. */
  latest = '';

  constructor(name, kind) {
    Object.assign(this, { name, kind });
  }

  last() {
    return this.items.at(-1);
  }

  find(msgid) {
    return this.items.find((one) => one.msgid === msgid);
  }

  /** Puts an item in its place; one that is there already is not added. */
  add(thing) {
    if (thing.msgid && this.find(thing.msgid)) return false;
    const last = this.last();
    if (!last || !isAfter(last, thing)) {
      if (!this.fold(last, thing)) this.items.push(thing);
    } else {
      let at = this.items.length;
      while (at > 0 && isAfter(this.items[at - 1], thing)) at -= 1;
      if (!this.fold(this.items[at - 1], thing)) this.items.splice(at, 0, thing);
    }
    return true;
  }

  /** Who comes and goes shortly after one another stands in one line. */
  fold(before, thing) {
    if (before?.kind !== 'presence' || thing.kind !== 'presence') return false;
    if (Date.parse(thing.time) - Date.parse(before.time) > PRESENCE_TOGETHER) return false;
    if (thing.moves.some((move) => before.moves.some((own) => own.id === move.id))) return true;
    before.moves.push(...thing.moves);
    before.rev += 1;
    return true;
  }

  /** Keeps memory within bounds; what is cut off comes back by scrolling. */
  trim() {
    if (this.items.length <= MOST_ITEMS) return;
    this.items.splice(0, this.items.length - MOST_ITEMS + 200);
    this.past.complete = false;
  }

  /** Empties what is shown; the server keeps what it has. */
  clear() {
    this.items = [];
    this.past = { ...this.past, complete: true, is_cleared: true };
  }

  forget() {
    this.items = [];
    this.past = { loading: false, complete: false, begun: false };
  }

  /** Counts what is newer than the marker. */
  recount(nick) {
    const after = this.marker ?? (this.kind === 'person' ? '' : null);
    const news = after === null ? [] : this.items.filter((one) => SAID.has(one.kind) && !one.mine && one.time > after);
    this.unread = news.length;
    this.mentions = news.filter((one) => this.kind === 'person' || one.mention).length;
    if (!this.rule && news.length) this.rule = after;
  }

  member(nick) {
    return this.members.get(fold(nick));
  }

  enter(nick, fields = {}) {
    const known = this.member(nick) ?? { nick, ranks: '', away: false, account: '' };
    this.members.set(fold(nick), { ...known, nick, ...fields });
  }

  leave(nick) {
    this.typing.delete(nick);
    return this.members.delete(fold(nick));
  }

  rename(from, to) {
    const known = this.member(from);
    if (!known) return false;
    this.members.delete(fold(from));
    this.members.set(fold(to), { ...known, nick: to });
    this.typing.delete(from);
    return true;
  }

  /** Its members, those with ranks first. */
  sorted(signs) {
    const rank = (member) => {
      const at = signs.indexOf(member.ranks[0]);
      return at < 0 ? signs.length : at;
    };
    const by = (one, other) => rank(one) - rank(other) || fold(one.nick).localeCompare(fold(other.nick));
    return [...this.members.values()].sort(by);
  }

  is(name) {
    return same(this.name, name);
  }
}
