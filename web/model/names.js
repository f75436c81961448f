// Names of people and rooms: compared as the server does (ascii), given colours, found in a text.

export const fold = (name = '') => name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
export const same = (one, other) => fold(one) === fold(other);

/** One of twelve colours, the same on every day. */
export function colour(nick) {
  let sum = 0;
  for (const sign of fold(nick)) sum = (sum * 31 + sign.codePointAt(0)) >>> 0;
  return sum % 12;
}

const SIGN = '[\\p{L}\\p{N}_\\-[\\]\\\\{}|^`]';
const escaped = (name) => name.replace(/[.*+?^${}()|[\]\\\/-]/g, '\\$&');

/** Finds a name as a word of its own. */
export const word = (name) => new RegExp(`(?<!${SIGN})(${escaped(name)})(?!${SIGN})`, 'iu');

/** Whether a text calls somebody. */
export const calls = (text, name) => Boolean(name) && word(name).test(text);

/** A text of others that shall stand within a line: without controls, turned directions and invisible signs. */
export function tame(text = '') {
  return text.replace(/[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '');
}
