// All that the client knows. Events change it; what shall be done about them waits in `lines`, `touched` and `calls`
// until main.js takes it. Nothing here touches a page, a socket or a clock.

import { Batches } from '../irc/batch.js';
import { Caps } from '../irc/caps.js';
import { Support } from '../irc/isupport.js';
import { format } from '../irc/message.js';
import { fold, same } from './names.js';
import { Room, item } from './room.js';

export class State {
  /** 'out' (nobody signed in), 'connecting', 'greeting', 'online', 'waiting' (for the next try). */
  phase = 'out';
  nick = '';
  account = '';
  network = '';
  is_operator = false;
  /** The account carries a role, with or without OPER. */
  may_administer = false;
  away = null;
  rooms = new Map();
  current = '';
  caps = new Caps();
  support = new Support();
  batches = new Batches();
  /** What to do with the answer to a labelled line: label to function(lines). */
  asked = new Map();
  /** Rooms to enter again after a lost connection. */
  again = [];
  /** Rooms of the server, as LIST told them. */
  listed = [];
  invited = [];
  settings = {};
  now = 0;
  is_looking = true;
  /** Whether the newest message of the room is in sight. */
  is_at_end = true;
  counter = 0;
  /** How many connections there were. */
  connection = 0;
  /** What was said and waits for its echo, by label. */
  outbox = new Map();
  /** Whose name this page bears at the server: nick!user@host. */
  mask = '';
  /** How to sign in: {nick, account, password, is_new}. */
  signin = null;

  constructor(settings = {}) {
    this.settings = settings;
    this.drained();
  }

  /** Takes what waits to be done. */
  take() {
    const { lines, touched, calls } = this;
    this.drained();
    return { lines, touched, calls };
  }

  drained() {
    this.lines = [];
    this.touched = new Set();
    this.calls = [];
  }

  send(command, params, tags) {
    this.lines.push(format(command, params, tags));
  }

  /** Sends a line and does something with its answer, a list of lines. */
  ask(command, params, then, tags = {}) {
    const label = this.fresh('q');
    if (this.caps.has('labeled-response')) {
      this.asked.set(label, then);
      this.send(command, params, { ...tags, label });
    } else this.send(command, params, tags);
  }

  /** An id that no other message has; main.js gives a better one. */
  unique() {
    return `${this.fresh('id')}-${this.now}`;
  }

  /** A name that was not used before. */
  fresh(prefix) {
    this.counter += 1;
    return `${prefix}${this.counter}`;
  }

  /** This part of the page is not right any more: 'rooms', 'log', 'head', 'members', 'phase', 'typing', 'signin'. */
  touch(...parts) {
    parts.forEach((part) => this.touched.add(part));
  }

  /** Something for main.js: {do: 'notify' | 'problem' | 'toast' | …}. */
  call(what, fields = {}) {
    this.calls.push({ do: what, ...fields });
  }

  room(name) {
    return this.rooms.get(fold(name ?? ''));
  }

  here() {
    return this.rooms.get(this.current);
  }

  /** The room of this name; it is made if there is none. */
  open(name, kind = this.support.isRoom(name) ? 'room' : 'person') {
    const known = this.room(name);
    if (known) return known;
    const room = new Room(name, kind);
    this.rooms.set(fold(name), room);
    this.touch('rooms');
    return room;
  }

  go(name) {
    const room = this.room(name);
    if (!room || this.current === fold(name)) return;
    const before = this.here();
    if (before) before.rule = null;
    this.current = fold(name);
    room.rule = room.unread ? room.marker ?? '' : null;
    this.touch('rooms', 'log', 'head', 'members', 'typing', 'current');
  }

  drop(name) {
    const key = fold(name);
    if (!this.rooms.delete(key)) return;
    if (this.current === key) {
      const next = this.ordered()[0];
      this.current = '';
      if (next) this.go(next.name);
    }
    this.touch('rooms', 'log', 'head', 'members', 'current');
  }

  /** Rooms first, then people; each by name. */
  ordered() {
    const order = { server: 0, room: 1, person: 2 };
    const by = (one, other) => order[one.kind] - order[other.kind] || fold(one.name).localeCompare(fold(other.name));
    return [...this.rooms.values()].sort(by);
  }

  /** As if nobody had been here. */
  forgetAll() {
    Object.assign(this, { phase: 'out', again: [], current: '', account: '', is_operator: false, may_administer: false, away: null });
    this.rooms.clear();
    this.outbox.clear();
    this.touch('phase', 'rooms', 'log', 'head', 'members', 'current');
  }

  isMe(nick) {
    return same(nick, this.nick);
  }

  stamp() {
    return new Date(this.now).toISOString();
  }

  /** Says something to the person at the page, where they look. */
  tell(text, kind = 'info', room = this.here()) {
    if (!room) return this.call('toast', { text, kind });
    const last = room.last()?.time ?? '';
    const time = this.stamp() > last ? this.stamp() : last;
    room.add(item(kind, { time, text }));
    this.touch('log');
    return undefined;
  }

  /** Puts something said or done into a room. */
  put(room, thing) {
    const was_added = room.add(thing);
    if (was_added) {
      if (room !== this.here() || this.is_at_end) room.trim();
      this.touch('log');
    }
    return was_added;
  }
}
