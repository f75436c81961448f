// The log of the room that is looked at: keeps the elements of the page equal to the items, and the place one reads.

import { SAID } from '../model/room.js';
import { asItem, continues, itemNode, pendingNode } from './item.js';
import { dayOf, el, find } from './dom.js';

const NEAR = 60;

export class Log {
  /** By key of the item: {node, sign}. */
  shown = new Map();
  room = null;
  at_end = true;

  constructor(state, acts) {
    Object.assign(this, { state, acts });
    this.frame = find('#log-frame');
    this.list = find('#log');
    this.frame.addEventListener('scroll', () => this.scrolled(), { passive: true });
    new ResizeObserver(() => this.at_end && this.toEnd()).observe(this.frame);
    new ResizeObserver(() => this.at_end && this.toEnd()).observe(this.list);
  }

  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.frame;
    const was_at_end = this.at_end;
    this.at_end = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.at_end !== was_at_end) this.acts.atEnd(this.at_end);
    if (scrollTop < 200 && this.room) this.acts.older();
    if (this.at_end && this.room && !this.room.live) this.acts.newer();
  }

  toEnd() {
    this.frame.scrollTop = this.frame.scrollHeight;
  }

  /** Brings the page up to what the room holds. */
  draw() {
    const room = this.state.here();
    const is_new = room !== this.room;
    if (is_new) {
      this.room = room;
      this.shown.clear();
      this.list.replaceChildren();
      this.at_end = true;
      this.state.is_at_end = true;
    }
    // Whoever enters a room hears its name, not all that was said in it.
    const is_quiet = is_new || room?.past.loading;
    this.frame.setAttribute('aria-live', is_quiet ? 'off' : 'polite');
    find('#log-top').textContent = !room ? '' : room.past.loading ? 'Loading what was said before …' : room.past.complete && room.kind !== 'server' ? 'This is the beginning.' : '';
    const anchor = this.at_end ? null : this.anchor();
    this.place(room ? this.wanted(room) : []);
    if (this.at_end) this.toEnd();
    else if (anchor?.node.isConnected) this.frame.scrollTop += anchor.node.getBoundingClientRect().top - anchor.top;
    this.acts.drawn(room);
  }

  /** The first element one sees and where: it stays there whatever comes above it. */
  anchor() {
    const top = this.frame.getBoundingClientRect().top;
    const node = [...this.list.children].find((one) => one.getBoundingClientRect().bottom > top);
    return node && { node, top: node.getBoundingClientRect().top };
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
      out.push({ key: thing.key, sign, make: () => itemNode(thing, above, room, state.nick, acts), msgid: thing.msgid });
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

  /** Makes the list hold exactly these, touching as little as can be. */
  place(wanted) {
    const keep = new Set(wanted.map(({ key }) => key));
    for (const [key, { node }] of this.shown) {
      if (!keep.has(key)) {
        node.remove();
        this.shown.delete(key);
      }
    }
    let next = this.list.firstChild;
    for (const { key, sign, make, msgid } of wanted) {
      const known = this.shown.get(key);
      if (known && known.sign === sign) {
        if (known.node === next) next = next.nextSibling;
        else this.list.insertBefore(known.node, next);
      } else {
        const node = make();
        if (msgid) node.dataset.msgid = msgid;
        if (known) {
          if (known.node === next) next = next.nextSibling;
          known.node.replaceWith(node);
        } else this.list.insertBefore(node, next);
        this.shown.set(key, { node, sign });
      }
    }
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
