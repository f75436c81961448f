// The operator's page: what `chat admin` shows, in tabs, and what it does, by buttons and keys. It asks over the connection of
// the chat itself; whoever is no operator gets no answer from the server.

import { el, find, iconButton } from '../view/dom.js';
import { perform } from './acts.js';
import { Table } from './table.js';
import { VIEWS, status } from './views.js';
import { answer, failed, why } from './words.js';

const ADDRESS = '#operator';
const PATIENCE = 20000;

/** Opens it over the chat; `ask(command, params, then)` sends a line and gets the lines of its answer. */
export function open({ ask }) {
  if (find('#operator')) return;
  if (!find('link[href="operator/page.css"]')) document.head.append(el('link', { rel: 'stylesheet', href: 'operator/page.css' }));
  const before = document.activeElement;
  const promise = (line) => new Promise((done) => {
    setTimeout(() => done(failed('The server does not answer.')), PATIENCE);
    ask('ADMIN', [line], (lines) => done(answer(lines)));
  });
  const close = () => {
    page.node.remove();
    find('#app').inert = false;
    if (location.hash === ADDRESS) history.replaceState(null, '', location.pathname);
    if (before?.isConnected) before.focus();
  };
  const page = new OperatorPage({ ask: promise, close });
  find('#app').inert = true;
  document.body.append(page.node);
  page.show('users');
  page.focus();
}

class OperatorPage {
  /** `ask(line)` promises an answer; `close()` goes back to the chat. */
  constructor({ ask, close }) {
    Object.assign(this, { ask, tables: {}, current: 'users', timer: 0, turn: 0 });
    const act = (name, row = {}) => perform(name, row, { ask, tell: (text) => this.told(text) });
    this.act = act;
    this.tabs = Object.entries(VIEWS).map(([name, view]) =>
      el('button', { type: 'button', role: 'tab', id: `operator-${name}`, 'aria-controls': 'operator-panel', onclick: () => this.show(name) }, view.title));
    this.note = el('p', { class: 'operator-said', role: 'status' });
    this.sum = el('p', { class: 'operator-sum' });
    this.words = el('input', { type: 'search', placeholder: 'Filter', 'aria-label': 'Filter', oninput: () => this.tables[this.current]?.filter(this.words.value) });
    this.panel = el('div', { id: 'operator-panel', class: 'operator-panel', role: 'tabpanel', tabIndex: -1 });
    this.node = el('section', { id: 'operator', class: 'operator', 'aria-label': 'Operator', onkeydown: (event) => this.keys(event, close) },
      el('header', { class: 'operator-head' }, el('h1', {}, 'Operator'),
        el('button', { type: 'button', class: 'quiet', onclick: () => act('broadcast') }, 'Broadcast…'),
        el('button', { type: 'button', class: 'quiet', onclick: () => act('ban') }, 'Ban…'),
        iconButton('close', 'Back to the chat', close)),
      el('div', { class: 'operator-tabs', role: 'tablist', 'aria-label': 'What is shown', onkeydown: (event) => this.turnTab(event) }, ...this.tabs),
      el('div', { class: 'operator-tools' }, this.words, this.sum), this.note, this.panel);
  }

  show(name) {
    this.current = name;
    const at = Object.keys(VIEWS).indexOf(name);
    this.tabs.forEach((tab, index) => {
      tab.setAttribute('aria-selected', index === at);
      tab.tabIndex = index === at ? 0 : -1;
    });
    this.panel.setAttribute('aria-labelledby', `operator-${name}`);
    const view = VIEWS[name];
    if (view.columns && !this.tables[name]) {
      const table = new Table({ caption: view.title, columns: view.columns, id: view.id, acts: view.acts?.(this.act) });
      Object.assign(table, { by: view.by ?? 0, is_down: Boolean(view.by || view.is_down) });
      this.tables[name] = table;
    }
    this.words.hidden = !view.columns;
    this.words.value = this.tables[name]?.words ?? '';
    this.sum.textContent = '';
    this.note.textContent = '';
    this.panel.replaceChildren(this.tables[name]?.node ?? el('p', {}, 'A moment…'));
    this.refresh();
  }

  /** Looks again, and once more after a while; it ends when the page is closed. */
  async refresh() {
    clearTimeout(this.timer);
    this.turn += 1;
    const { turn, current } = this;
    const view = VIEWS[current];
    const answers = await Promise.all(view.requests.map((line) => this.ask(line)));
    if (turn !== this.turn || !this.node.isConnected) return;
    const bad = answers.find((answer) => !answer.ok);
    if (bad) this.sum.textContent = why(bad);
    else this.fill(view, answers);
    this.timer = setTimeout(() => this.node.isConnected && this.refresh(), view.every);
  }

  fill(view, answers) {
    const data = answers.map((answer) => answer.data);
    if (view.columns) {
      const rows = view.rows ? view.rows(data) : data[0];
      this.tables[this.current].fill(rows);
      const more = answers.some((answer) => answer.truncated) ? '; there are more' : '';
      this.sum.textContent = `${rows.length} shown${more}`;
    } else {
      const pairs = status(data[0]).flatMap(([name, text]) => [el('dt', {}, name), el('dd', {}, text)]);
      this.panel.replaceChildren(el('dl', { class: 'operator-status' }, ...pairs));
    }
  }

  told(text) {
    this.note.textContent = text;
    this.refresh();
  }

  turnTab(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = Object.keys(VIEWS);
    const at = (names.indexOf(this.current) + step + names.length) % names.length;
    this.show(names[at]);
    this.tabs[at].focus();
    event.preventDefault();
  }

  keys(event, close) {
    if (find('dialog[open]')) return;
    if (event.key === 'Escape') close();
    else if (event.key === '/' && !/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) this.words.focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  focus() {
    this.tabs[Object.keys(VIEWS).indexOf(this.current)].focus();
  }
}
