// A table that can be sorted by each column, filtered by words, and walked through with the arrow keys.

import { el } from '../view/dom.js';

const order = (one, other) => {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return String(one ?? '').localeCompare(String(other ?? ''), undefined, { numeric: true });
};

export class Table {
  /**
   * `columns`: [{title, of(row) what it is sorted by, show(row) its text if that differs, is_number}].
   * `acts(row)`: [{name, key, run()}] what can be done with a row; `id(row)` tells rows apart.
   */
  constructor({ caption, columns, id, acts = () => [] }) {
    Object.assign(this, { columns, id, acts, rows: [], words: '', by: 0, is_down: false, chosen: null });
    this.heads = columns.map((column, at) =>
      el('th', { role: 'columnheader', scope: 'col', class: column.is_number ? 'number' : '' },
        el('button', { type: 'button', onclick: () => this.sort(at) }, column.title)));
    // The roles are told, for on a phone a row is a card and no row of a table to the browser.
    this.body = el('tbody', { role: 'rowgroup', onkeydown: (event) => this.walk(event), onfocusin: (event) => this.choose(event.target.closest('tr')) });
    this.none = el('p', { class: 'operator-none', hidden: true }, 'Nothing to show.');
    const last = el('th', { role: 'columnheader', scope: 'col' }, el('span', { class: 'unseen' }, 'What can be done'));
    const head = el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, ...this.heads, last));
    const table = el('table', { role: 'table' }, el('caption', { class: 'unseen' }, caption), head, this.body);
    this.node = el('div', { class: 'operator-table' }, table, this.none);
  }

  fill(rows) {
    this.rows = rows;
    this.draw();
  }

  filter(words) {
    this.words = words.trim().toLowerCase();
    this.draw();
  }

  sort(at) {
    this.is_down = this.by === at && !this.is_down;
    this.by = at;
    this.draw();
  }

  text(column, row) {
    return String((column.show ?? column.of)(row) ?? '');
  }

  /** The rows that match, in order. */
  shown() {
    const { of } = this.columns[this.by];
    const words = this.words.split(/\s+/);
    const all = (row) => this.columns.map((column) => this.text(column, row)).join(' ').toLowerCase();
    const found = this.words ? this.rows.filter((row) => words.every((word) => all(row).includes(word))) : [...this.rows];
    found.sort((one, other) => order(of(one), of(other)) * (this.is_down ? -1 : 1));
    return found;
  }

  draw() {
    const had = this.body.contains(document.activeElement);
    const act = document.activeElement?.dataset?.act;
    const rows = this.shown();
    this.heads.forEach((head, at) => {
      const way = this.is_down ? 'descending' : 'ascending';
      head.setAttribute('aria-sort', at === this.by ? way : 'none');
    });
    if (!rows.some((row) => this.id(row) === this.chosen)) this.chosen = rows.length ? this.id(rows[0]) : null;
    this.body.replaceChildren(...rows.map((row) => this.line(row)));
    this.none.hidden = rows.length > 0;
    const line = this.at(this.chosen);
    if (had) (line?.querySelector(`[data-act="${act}"]`) ?? line ?? this.heads[0].firstChild).focus();
  }

  line(row) {
    const cells = this.columns.map((column, at) => {
      const text = this.text(column, row);
      const title = text.length > 24 ? text : null;
      const fields = at ? { role: 'cell', 'data-title': column.title } : { role: 'rowheader', scope: 'row' };
      return el(at ? 'td' : 'th', { ...fields, class: column.is_number ? 'number' : '', title }, text);
    });
    const acts = this.acts(row).map((act) =>
      el('button', { type: 'button', class: 'quiet', 'aria-label': act.label, 'data-act': act.name, title: `${act.label} (${act.key})`, onclick: act.run }, act.name));
    const line = el('tr', { role: 'row', tabIndex: this.id(row) === this.chosen ? 0 : -1, 'data-id': this.id(row) }, ...cells, el('td', { role: 'cell', class: 'acts' }, ...acts));
    line.acts = this.acts(row);
    return line;
  }

  at(id) {
    return [...this.body.rows].find((line) => line.dataset.id === id);
  }

  choose(line) {
    if (!line) return;
    this.at(this.chosen)?.setAttribute('tabindex', -1);
    this.chosen = line.dataset.id;
    line.tabIndex = 0;
  }

  walk(event) {
    const line = event.target.closest('tr');
    if (!line || event.ctrlKey || event.altKey || event.metaKey) return;
    const to = {
      ArrowDown: line.nextElementSibling,
      ArrowUp: line.previousElementSibling,
      Home: this.body.firstElementChild,
      End: this.body.lastElementChild,
    };
    const act = line.acts.find((one) => one.key === event.key);
    if (!(event.key in to) && !act) return;
    event.preventDefault();
    if (act) act.run();
    else to[event.key]?.focus();
  }
}
