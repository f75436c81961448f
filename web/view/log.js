// The log of the room that is looked at: keeps the elements of the page equal to the items, and the place one reads.

import { SAID } from '../model/room.js';
import { asItem, continues, itemNode, pendingNode } from './item.js';
import { dayOf, el, find } from './dom.js';
import { Keyed } from './keyed.js';

const NEAR = 60;

/** What is told above the first item. */
function above(past) {
  if (past.loading) return 'Loading what was said before …';
  if (past.is_cleared) return 'You emptied this. The server keeps what was said.';
  return past.complete ? 'This is the beginning.' : '';
}

export class Log {
  room = null;
  at_end = true;
  top = 0;

  constructor(state, acts) {
    Object.assign(this, { state, acts });
    this.frame = find('#log-frame');
    this.list = find('#log');
    this.keyed = new Keyed(this.list);
    this.frame.addEventListener('scroll', () => this.scrolled(), { passive: true });
    new ResizeObserver(() => this.at_end && this.toEnd()).observe(this.frame);
    new ResizeObserver(() => this.at_end && this.toEnd()).observe(this.list);
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.frame;
    const was_at_end = this.at_end;
    // What grows below, like a picture that arrives, takes nobody from the end: only going up does.
    const went_up = scrollTop < this.top - 2;
    this.top = scrollTop;
    this.at_end = scrollHeight - scrollTop - clientHeight < NEAR || (was_at_end && !went_up);
    if (this.at_end !== was_at_end) this.acts.atEnd(this.at_end);
    if (scrollTop < 200 && this.room) this.acts.older();
    if (this.at_end && this.room && !this.room.live) this.acts.newer();
  }

  toEnd() {
    this.frame.scrollTop = this.frame.scrollHeight;
    this.top = this.frame.scrollTop;
  }

  /** Brings the page up to what the room holds. */
  draw() {
    const room = this.state.here();
    const is_new = room !== this.room;
    if (is_new) {
      this.room = room;
      this.keyed.clear();
      this.at_end = true;
      this.top = 0;
      this.state.is_at_end = true;
    }
    // Whoever enters a room hears its name, not all that was said in it.
    const is_quiet = is_new || room?.past.loading;
    this.frame.setAttribute('aria-live', is_quiet ? 'off' : 'polite');
    find('#log-top').textContent = room && room.kind !== 'server' ? above(room.past) : '';
    const anchor = this.at_end ? null : this.anchor();
    this.keyed.draw(room ? this.wanted(room) : []);
    if (this.at_end) this.toEnd();
    else if (anchor) this.hold(anchor);
    // What came may not fill the page, or show nothing at all.
    if (this.frame.scrollTop < 200 && room?.past.begun) this.acts.older();
    this.acts.drawn(room);
  }

  /** The first message one sees and where: it stays there whatever comes above it, even if it is drawn anew. */
  anchor() {
    const top = this.frame.getBoundingClientRect().top;
    const node = [...this.list.children].find((one) => one.dataset.msgid && one.getBoundingClientRect().bottom > top);
    return node && { msgid: node.dataset.msgid, top: node.getBoundingClientRect().top };
  }

  hold({ msgid, top }) {
    const node = [...this.list.children].find((one) => one.dataset.msgid === msgid);
    if (node) this.frame.scrollTop += node.getBoundingClientRect().top - top;
  }

  /** Keys, what they depend on, and how to make the element; in order. */
  wanted(room) {
    const { state, acts } = this;
    const out = [];
    let before = null;
    let day = '';
    let ruled = room.rule === null;
    for (const thing of room.items) {
      const own = dayOf(thing.time);
      if (own !== day) {
        out.push({ key: `day ${own}`, sign: own, make: () => el('li', { class: 'rule day' }, el('span', { textContent: own })) });
        before = null;
      }
      day = own;
      if (!ruled && SAID.has(thing.kind) && !thing.mine && thing.time > room.rule) {
        ruled = true;
        before = null;
        out.push({ key: 'new', sign: 'new', make: () => el('li', { class: 'rule new', role: 'separator' }, el('span', { textContent: 'New' })) });
      }
      const above = before;
      const quoted = thing.reply ? room.find(thing.reply) : null;
      const sign = `${thing.rev} ${continues(above, thing)} ${state.nick} ${quoted?.key} ${quoted?.rev} ${thing.moves?.length}`;
      out.push({ key: thing.key, sign, make: () => itemNode(thing, above, room, state.nick, acts) });
      before = thing;
    }
    for (const entry of room.pending) {
      const above = before;
      before = asItem(entry, state.nick);
      const sign = `${entry.rev} ${state.phase} ${continues(above, before)}`;
      out.push({ key: entry.key, sign, make: () => pendingNode(entry, above, room, state, acts) });
    }
    return out;
  }

  /** Goes to a message and shows which it is. */
  show(msgid) {
    const node = [...this.list.children].find((one) => one.dataset.msgid === msgid);
    if (!node) return false;
    this.at_end = false;
    this.acts.atEnd(false);
    node.scrollIntoView({ block: 'center' });
    node.classList.add('found');
    node.focus({ preventScroll: true });
    setTimeout(() => node.classList.remove('found'), 2500);
    return true;
  }
}
