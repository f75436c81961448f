// Where one writes: the field "to", the text, files, what one answers; recalls what was said before.

import { beginning } from '../model/commands.js';
import { tame } from '../model/names.js';
import { el, find, icon, iconButton } from './dom.js';
import { plain } from './text.js';

const KEPT = 100;

export class Composer {
  said = [];
  at = -1;
  answer = null;
  completion = null;

  constructor(state, acts) {
    Object.assign(this, { state, acts });
    this.to = el('input', { id: 'composer-to', class: 'to', list: 'composer-names', 'aria-label': 'To: leave empty to write to the room, or name one person for a private message',
      placeholder: 'everybody here', autocapitalize: 'none', spellcheck: false, autocomplete: 'off', maxLength: 64 });
    this.names = el('datalist', { id: 'composer-names' });
    this.text = el('textarea', { id: 'composer-text', rows: 1, 'aria-label': 'Message', 'aria-describedby': 'composer-problem', spellcheck: true, autocapitalize: 'sentences' });
    this.files = el('input', { id: 'composer-files', type: 'file', multiple: true, hidden: true, 'aria-label': 'Choose files' });
    this.clip = iconButton('clip', 'Send files', () => this.files.click());
    this.problem = el('p', { id: 'composer-problem', class: 'problem', role: 'alert', hidden: true });
    this.answering = el('div', { class: 'answering', hidden: true });
    this.toLabel = el('label', { class: 'to-row', for: 'composer-to' }, el('span', { textContent: 'To' }), this.to);
    const send = el('button', { type: 'submit', class: 'icon-button primary send', 'aria-label': 'Send', title: 'Send (Enter)' }, icon('send'));
    this.form = el('form', { class: 'composer', hidden: true, onsubmit: (event) => {
      event.preventDefault();
      this.send();
    } }, this.answering, this.problem, this.toLabel, this.names,
    el('div', { class: 'write-row' }, this.clip, this.files, this.text, iconButton('smile', 'Put in a sign', (event) => acts.emoji(event.currentTarget)), send));
    find('#composer').replaceChildren(this.form);
    this.text.addEventListener('keydown', (event) => this.key(event));
    this.text.addEventListener('input', () => this.typed());
    this.to.addEventListener('input', () => this.look());
    this.to.addEventListener('keydown', (event) => event.key === 'Enter' && (event.preventDefault(), this.text.focus()));
    this.text.addEventListener('paste', (event) => this.pasted(event));
    this.files.addEventListener('change', () => {
      acts.upload([...this.files.files], this.to.value.trim());
      this.files.value = '';
    });
  }

  /** Brings it up to the room that is looked at. */
  draw() {
    const room = this.state.here();
    if (room !== this.room) this.move(room);
    const is_first = this.form.hidden && room;
    this.form.hidden = !room;
    if (is_first) this.focus();
    this.toLabel.hidden = room?.kind === 'person';
    this.clip.hidden = !this.acts.mayUpload();
    const names = room ? [...room.members.values()].filter(({ nick }) => !this.state.isMe(nick)).slice(0, 200) : [];
    this.names.replaceChildren(...names.map(({ nick }) => el('option', { value: nick })));
    this.look();
  }

  look() {
    const room = this.state.here();
    const to = this.to.value.trim();
    const is_private = room?.kind === 'person' || to;
    this.to.placeholder = room?.kind === 'room' ? `everybody in ${tame(room.name)}` : '';
    this.text.placeholder = is_private ? `Private message to ${tame(to || room.name)}` : room ? `Message to ${tame(room.name)}` : '';
    this.form.classList.toggle('private', Boolean(is_private));
  }

  move(room) {
    if (this.room) this.room.draft = this.text.value;
    this.room = room;
    this.text.value = room?.draft ?? '';
    this.to.value = '';
    this.reply(null);
    this.say('');
    this.grow();
  }

  focus() {
    this.text.focus();
  }

  grow() {
    this.text.style.height = 'auto';
    this.text.style.height = `${Math.min(this.text.scrollHeight, 220)}px`;
  }

  typed() {
    this.completion = null;
    this.say('');
    this.grow();
    this.acts.typing(this.text.value && !this.text.value.startsWith('/') ? 'active' : 'done', this.to.value.trim());
  }

  say(text) {
    this.problem.hidden = !text;
    this.problem.textContent = text ? `✗ ${text}` : '';
  }

  reply(thing) {
    this.answer = thing;
    this.answering.hidden = !thing;
    if (!thing) return;
    this.answering.replaceChildren(icon('reply'), el('span', {}, 'Answer to ', el('b', { textContent: tame(thing.nick) }), ` ${plain(thing.text).slice(0, 100)}`),
      iconButton('close', 'Do not answer this message', () => this.reply(null)));
    this.focus();
  }

  send() {
    const text = this.text.value.replace(/\s+$/, '');
    if (!text.trim()) return;
    const refused = this.acts.enter(text, { to: this.to.value.trim(), reply: this.answer?.msgid });
    if (refused) return this.say(refused);
    this.said = [text, ...this.said.filter((one) => one !== text)].slice(0, KEPT);
    this.at = -1;
    this.text.value = '';
    if (this.room) this.room.draft = '';
    this.reply(null);
    this.say('');
    this.grow();
    this.acts.typing('sent', this.to.value.trim());
  }

  put(text) {
    const { selectionStart, selectionEnd } = this.text;
    this.text.setRangeText(text, selectionStart, selectionEnd, 'end');
    this.text.focus();
    this.typed();
  }

  key(event) {
    if (event.isComposing) return;
    const is_plain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    // On a touch screen there is no Shift+Enter: the button sends.
    if (event.key === 'Enter' && is_plain && !matchMedia('(pointer: coarse)').matches) {
      event.preventDefault();
      this.send();
    } else if (event.key === 'Tab' && is_plain && this.complete()) event.preventDefault();
    else if (event.key === 'ArrowUp' && is_plain && this.mayRecall(0)) this.recall(1, event);
    else if (event.key === 'ArrowDown' && is_plain && this.at >= 0 && this.mayRecall(this.text.value.length)) this.recall(-1, event);
    else if (event.key === 'Escape' && this.answer) {
      event.stopPropagation();
      this.reply(null);
    }
  }

  mayRecall(place) {
    return this.text.selectionStart === place || (this.at >= 0 && !this.text.value.includes('\n')) || !this.text.value;
  }

  recall(step, event) {
    const next = this.at + step;
    if (next >= this.said.length) return;
    event.preventDefault();
    if (this.at < 0) this.kept = this.text.value;
    this.at = next;
    this.text.value = next < 0 ? this.kept ?? '' : this.said[next];
    this.grow();
  }

  /** Tab: names of people here and commands, one after the other. */
  complete() {
    const { value, selectionStart } = this.text;
    if (!this.completion) {
      const start = value.slice(0, selectionStart).search(/\S+$/);
      if (start < 0) return false;
      const part = value.slice(start, selectionStart).toLowerCase();
      const is_command = start === 0 && part.startsWith('/');
      const nicks = [...(this.room?.members.values() ?? [])].map(({ nick }) => nick).filter((nick) => !this.state.isMe(nick));
      const rooms = [...this.state.rooms.values()].map(({ name }) => name);
      const found = is_command ? beginning(part.slice(1)).map((name) => `/${name}`) : [...nicks, ...rooms].filter((name) => name.toLowerCase().startsWith(part));
      if (!found.length) return false;
      this.completion = { start, end: selectionStart, found, at: -1, suffix: start === 0 && !is_command ? ': ' : ' ' };
    }
    const own = this.completion;
    own.at = (own.at + 1) % own.found.length;
    const word = own.found[own.at] + own.suffix;
    this.text.setRangeText(word, own.start, own.end, 'end');
    own.end = own.start + word.length;
    this.grow();
    return true;
  }

  pasted(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || !this.acts.mayUpload()) return;
    event.preventDefault();
    this.acts.upload(files, this.to.value.trim());
  }
}
