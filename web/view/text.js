// A message's text as nodes: links, mIRC formatting, calls of one's name. Everything of others becomes a text node.

import { word } from '../model/names.js';
import { el } from './dom.js';

const LINK = /\bhttps?:\/\/[^\s<>"\u0000-\u0020\u200b\u202a-\u202e\u2066-\u2069]+/giu;
const CODES = /[\x02\x0f\x11\x16\x1d\x1e\x1f]|\x03(?:(\d{1,2})(?:,(\d{1,2}))?)?|\x04(?:[0-9a-f]{6}(?:,[0-9a-f]{6})?)?/gi;
const TOGGLES = { '\x02': 'b', '\x1d': 'i', '\x1f': 'u', '\x1e': 's', '\x11': 'm', '\x16': 'r' };

/** Signs that would act on the page or hide are shown as such, or turned off. */
export function visible(text) {
  return text
    .replace(/[\x00-\x01\x05-\x09\x0b-\x0e\x10\x12-\x15\x17-\x1c]/g, (sign) => (sign === '\t' ? ' ' : String.fromCodePoint(0x2400 + sign.charCodeAt(0))))
    .replace(/[\x7f-\x9f]/g, '\ufffd')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[\u2028\u2029]/g, '\n')
    .replace(/(\p{M}{4})\p{M}+/gu, '$1');
}

/** A link ends before the punctuation that ends the sentence, and before a bracket that was not opened in it. */
function trimmed(url) {
  let out = url.replace(/[.,;:!?'*_]+$/, '');
  while (/[)\]]$/.test(out) && out.split(/[([]/).length < out.split(/[)\]]/).length) out = out.slice(0, -1);
  return out;
}

function link(url) {
  try {
    const { protocol, href } = new URL(url);
    if (protocol !== 'http:' && protocol !== 'https:') return url;
    return el('a', { href, target: '_blank', rel: 'noopener noreferrer', textContent: url });
  } catch {
    return url;
  }
}

function linked(text, nick) {
  const out = [];
  let from = 0;
  for (const found of text.matchAll(LINK)) {
    const url = trimmed(found[0]);
    out.push(...called(text.slice(from, found.index), nick), link(url));
    from = found.index + url.length;
  }
  return [...out, ...called(text.slice(from), nick)];
}

/** The text with one's own name marked. */
function called(text, nick) {
  if (!nick || !text) return text ? [text] : [];
  return text.split(word(nick)).map((part, index) => (index % 2 ? el('mark', { textContent: part }) : part)).filter(Boolean);
}

/** The nodes of a text. */
export function nodes(raw, nick = '') {
  const text = visible(raw);
  const out = [];
  const on = new Set();
  let [front, back] = ['', ''];
  let from = 0;
  const flush = (to) => {
    const part = text.slice(from, to);
    if (!part) return;
    const classes = [...[...on].map((one) => `f-${one}`), front && `fg-${front}`, back && `bg-${back}`].filter(Boolean);
    if (classes.length) out.push(el('span', { class: classes.join(' ') }, ...linked(part, nick)));
    else out.push(...linked(part, nick));
  };
  for (const code of text.matchAll(CODES)) {
    flush(code.index);
    from = code.index + code[0].length;
    const toggle = TOGGLES[code[0]];
    if (toggle) on[on.has(toggle) ? 'delete' : 'add'](toggle);
    else if (code[0][0] === '\x0f') {
      on.clear();
      [front, back] = ['', ''];
    } else if (code[0][0] === '\x03') [front, back] = colours(code, front, back);
  }
  flush(text.length);
  return out;
}

function colours([, one, two], front, back) {
  if (one === undefined) return ['', ''];
  const known = (number, otherwise) => (number === undefined ? otherwise : Number(number) < 16 ? String(Number(number)) : '');
  return [known(one, front), known(two, back)];
}

/** The text without any formatting. */
export const plain = (raw) => visible(raw).replace(CODES, '');
