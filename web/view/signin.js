// The page where one picks a name, or shows that it is one's own.

import { tame } from '../model/names.js';
import { el, find } from './dom.js';

const HINTS = {
  account: 'The password of your name. It stays in this page and is never stored.',
  new: 'Take one that you use nowhere else. With it the name is yours, and messages wait for you while you are away.',
};

/** What is said of a connection that others can read, and the address that might be better; nothing of one that they cannot. */
export function exposed(is_secure, { host }) {
  if (is_secure) return null;
  return { text: 'This connection is not encrypted: whoever is between you and the server can read all that you write and receive.', better: `https://${host}/` };
}

export class SignIn {
  constructor(enter) {
    this.form = find('#signin-form');
    this.nick = find('#signin-nick');
    this.password = find('#signin-password');
    this.form.addEventListener('change', () => this.look());
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.submit(enter);
    });
    this.warn(exposed(isSecureContext, location));
  }

  warn(danger) {
    const place = find('#signin-exposed');
    place.hidden = !danger;
    if (danger) place.replaceChildren(`⚠ ${danger.text} `, el('a', { href: danger.better, textContent: 'Try the encrypted address' }));
  }

  way() {
    return this.form.elements.way.value;
  }

  choose(way) {
    this.form.elements.way.value = way;
    this.look();
  }

  look() {
    const way = this.way();
    find('#signin-secret').hidden = way === 'guest';
    find('#signin-hint').textContent = HINTS[way] ?? '';
    this.password.autocomplete = way === 'new' ? 'new-password' : 'current-password';
  }

  submit(enter) {
    const nick = this.nick.value.trim();
    const way = this.way();
    if (!nick) return this.problem('Pick a name first.', {}, this.nick);
    if (/[\s,:!@#*?]/.test(nick)) return this.problem('A name has no spaces and none of , : ! @ # * ?', {}, this.nick);
    if (way !== 'guest' && !this.password.value) return this.problem('The password is missing.', {}, this.password);
    this.busy(true);
    const password = way === 'guest' ? '' : this.password.value;
    return enter({ nick, account: nick, password, is_new: way === 'new' });
  }

  busy(is_busy) {
    const button = find('#signin-enter');
    button.disabled = is_busy;
    button.textContent = is_busy ? 'One moment …' : 'Come in';
    if (is_busy) find('#signin-problem').hidden = true;
  }

  show(nick) {
    find('#signin').hidden = false;
    find('#app').hidden = true;
    if (nick && !this.nick.value) this.nick.value = nick;
    this.busy(false);
    this.look();
    this.nick.focus();
  }

  hide() {
    find('#signin').hidden = true;
    find('#app').hidden = false;
    this.password.value = '';
    this.busy(false);
    this.problem('');
  }

  /** Says why one is not in, with free names to choose from. */
  problem(text, { free = [], is_registered = false } = {}, field = null) {
    const place = find('#signin-problem');
    place.hidden = !text;
    place.textContent = text ? `✗ ${tame(text)}` : '';
    const names = find('#signin-free');
    names.hidden = !free.length;
    names.replaceChildren(...(free.length ? [el('span', { textContent: 'Free:' })] : []), ...free.map((name) => el('button', {
      type: 'button', class: 'quiet', textContent: tame(name), onclick: () => {
        this.nick.value = name;
        this.choose('guest');
        this.form.requestSubmit();
      },
    })));
    this.busy(false);
    if (is_registered && this.way() === 'guest') this.choose('account');
    if (is_registered && this.way() === 'new') this.choose('account');
    if (text) (field ?? (is_registered ? this.password : this.nick)).focus();
  }
}
