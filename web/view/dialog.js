// The frame of all dialogs, menus at a button, and short notices. The browser keeps the focus within.

import { el, find, iconButton } from './dom.js';

/** Opens a dialog; gives it back with `close()`. Escape and a click beside it close it. */
export function dialog(title, ...children) {
  const before = document.activeElement;
  const id = 'dialog-title';
  const node = el('dialog', { class: 'dialog', 'aria-labelledby': id },
    el('div', { class: 'dialog-head' }, el('h2', { id, textContent: title }), iconButton('close', 'Close', () => node.close())),
    el('div', { class: 'dialog-body' }, ...children));
  find('dialog.dialog')?.close();
  node.addEventListener('close', () => {
    node.remove();
    // The browser gives the focus back itself, but Chromium then lets nothing be typed: it has to be taken anew.
    before?.blur();
    if (before?.isConnected) before.focus();
  });
  node.addEventListener('mousedown', (event) => event.target === node && node.close());
  document.body.append(node);
  node.showModal();
  return node;
}

/** A labelled field. */
export function field(label, input, hint) {
  input.id ||= `field-${label.toLowerCase().replace(/\W+/g, '-')}`;
  return el('div', { class: 'field' }, el('label', { for: input.id, textContent: label }), input, hint ? el('p', { class: 'hint', textContent: hint }) : null);
}

/** A dialog that asks for something; `done(values, say)` gets the values, and closes it unless it gives back true. */
export function ask(title, fields, verb, done) {
  const problem = el('p', { class: 'problem', role: 'alert', hidden: true });
  const say = (text) => {
    problem.hidden = !text;
    problem.textContent = text ? `✗ ${text}` : '';
  };
  const inputs = fields.map(({ name, label, hint, ...more }) => ({ name, label, hint, input: el('input', { type: 'text', autocomplete: 'off', ...more }) }));
  const form = el('form', { onsubmit: (event) => {
    event.preventDefault();
    const values = Object.fromEntries(inputs.map(({ name, input }) => [name, input.value]));
    const refused = done(values);
    if (refused) say(refused);
    else node.close();
  } }, ...inputs.map(({ label, input, hint }) => field(label, input, hint)), problem,
  el('div', { class: 'dialog-foot' }, el('button', { type: 'button', class: 'quiet', onclick: () => node.close() }, 'Cancel'), el('button', { type: 'submit', class: 'primary' }, verb)));
  const node = dialog(title, form);
  inputs[0]?.input.focus();
  return node;
}

/** Asks whether something shall be done. */
export function confirm(title, text, verb, done) {
  const node = dialog(title, el('p', { textContent: text }),
    el('div', { class: 'dialog-foot' }, el('button', { type: 'button', class: 'quiet', onclick: () => node.close() }, 'Cancel'),
      el('button', { type: 'button', class: 'primary danger', onclick: () => {
        node.close();
        done();
      } }, verb)));
  find('.primary', node).focus();
}

/** A menu at a button: rows of [words, act]; null draws a line. */
export function menu(at, rows, title) {
  find('.menu')?.remove();
  const items = rows.map((row) => (row ? el('button', { type: 'button', role: 'menuitem', tabIndex: -1, class: 'menu-item', onclick: () => {
    close();
    row[1]();
  } }, row[0]) : el('hr')));
  const node = el('div', { class: 'menu', role: 'menu', 'aria-label': title }, title ? el('p', { class: 'menu-title', textContent: title }) : null, ...items);
  float(node, at);
  const buttons = items.filter((one) => one.localName === 'button');
  const close = () => {
    node.remove();
    removeEventListener('pointerdown', outside, true);
    at.focus?.();
  };
  const outside = (event) => node.contains(event.target) || close();
  addEventListener('pointerdown', outside, true);
  node.addEventListener('keydown', (event) => {
    const here = buttons.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) buttons.at((here + step) % buttons.length).focus();
    else if (event.key === 'Escape' || event.key === 'Tab') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  buttons[0]?.focus();
  return close;
}

/** Puts a node beside a button, within the window. */
export function float(node, at) {
  const box = at.getBoundingClientRect();
  document.body.append(node);
  const { offsetWidth: width, offsetHeight: height } = node;
  const top = box.bottom + height + 8 > innerHeight ? Math.max(8, box.top - height - 4) : box.bottom + 4;
  node.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  node.style.top = `${top}px`;
}

/** Says something for some seconds. */
export function toast(text, kind = 'info', act = null) {
  const node = el('div', { class: `toast ${kind}` }, el('span', { textContent: kind === 'error' ? `✗ ${text}` : text }),
    act && el('button', { type: 'button', class: 'quiet', onclick: () => {
      node.remove();
      act[1]();
    } }, act[0]), iconButton('close', 'Close this notice', () => node.remove()));
  find('#toasts').append(node);
  while (find('#toasts').children.length > 4) find('#toasts').firstChild.remove();
  setTimeout(() => node.remove(), act ? 20000 : 8000);
}
