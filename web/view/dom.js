// Small helpers to make elements. Text is always text: nothing here reads HTML.

const SVG = 'http://www.w3.org/2000/svg';

/** An element. `fields` are properties, `class`, `on…` listeners, and attributes with a hyphen or `role`. */
export function el(name, fields = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(fields)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === 'class') node.className = value;
    else if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key.includes('-') || key === 'role' || key === 'for' || key === 'list') node.setAttribute(key, value);
    else node[key] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const find = (selector, within = document) => within.querySelector(selector);

const PATHS = {
  menu: 'M3 6h18M3 12h18M3 18h18',
  people: 'M16 20v-1a4 4 0 0 0-4-4H7a4 4 0 0 0-4 4v1M9.5 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M21 20v-1a4 4 0 0 0-3-3.9M16 4.2a3.5 3.5 0 0 1 0 6.6',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M20 20l-4-4',
  plus: 'M12 5v14M5 12h14',
  more: 'M12 6v.01M12 12v.01M12 18v.01',
  close: 'M6 6l12 12M18 6L6 18',
  send: 'M4 12l16-8-6 16-3-7z',
  clip: 'M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.500 8.500a2 2 0 0 1-3-3L14 7',
  reply: 'M9 7L4 12l5 5M4 12h9a7 7 0 0 1 7 7',
  smile: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8.500 14s1.200 2 3.500 2 3.500-2 3.500-2M9 9.500v.01M15 9.500v.01',
  trash: 'M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13',
  file: 'M14 3H6v18h12V7zM14 3v4h4',
  down: 'M12 5v14M6 13l6 6 6-6',
  gear: 'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6M12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M18.400 5.600l-2.100 2.100M7.700 16.300l-2.100 2.100',
  help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.400-1 .900-1 1.700M12 17v.01',
  exit: 'M10 4H5v16h5M15 8l4 4-4 4M19 12H9',
  shield: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z',
  key: 'M15 9a4 4 0 1 1-4 4M11 13l-7 7v-3M7 17h3',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 20.500h4',
};

/** A drawn sign; it says nothing to a screen reader. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name] ?? '');
  svg.append(path);
  return svg;
}

/** A button with a sign; `label` is what it is called. */
export function iconButton(name, label, onclick, more = {}) {
  return el('button', { type: 'button', class: `icon-button ${more.class ?? ''}`, title: label, 'aria-label': label, onclick, ...more.fields }, icon(name));
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
const date = (time) => new Date(time);
const valid = (format, time) => (Number.isNaN(date(time).getTime()) ? '' : format.format(date(time)));
export const clockOf = (time) => valid(clock, time);
const days = new Map();
/** The day in words; reckoned once for ten minutes of time, since every line of the log asks. */
export function dayOf(time) {
  const key = time.slice(0, 15);
  if (!days.has(key)) days.set(key, valid(day, time));
  return days.get(key);
}
export const wholeOf = (time) => valid(whole, time);

/** 1.2 MB. */
export function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let [value, at] = [Number(bytes) || 0, 0];
  while (value >= 1000 && at < units.length - 1) [value, at] = [value / 1000, at + 1];
  return `${at && value < 100 ? (Math.floor(value * 10) / 10).toFixed(1) : Math.floor(value)} ${units[at]}`;
}
