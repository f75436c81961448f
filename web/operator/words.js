// What an operator asks in one line, and what is answered: the words of `chat admin`, its JSON. Knows no page.

const PLAIN = /^[\w#&.,:*@!~/+=-]+$/;

/** A word as the server takes it for one. */
const quoted = (word) => (PLAIN.test(word) ? word : `"${word.replace(/[\\"]/g, '\\$&').replace(/[\r\n]+/g, ' ')}"`);

/** The line of a verb, its options (names to values; true for those without one) and its targets. */
export function request(verb, options = {}, targets = []) {
  const given = Object.entries(options).filter(([, value]) => value || value === 0);
  const words = given.map(([name, value]) => (value === true ? `--${name}` : `--${name}=${value}`));
  const rest = targets.length ? ['--', ...targets] : [];
  return [...verb.split(' '), '--json', ...words, ...rest].map((word) => quoted(String(word))).join(' ');
}

/** The answer where there is none. */
export const failed = (text) => ({ ok: false, error: { code: 'failed', text, hint: [] } });

/** The answer that these lines hold: `{ok, data}` or `{ok: false, error: {code, text, hint}}`. */
export function answer(lines) {
  const flat = lines.flatMap((line) => line.lines ?? [line]);
  const pieces = flat.filter((line) => line.command === 'ADMIN').map((line) => line.params.at(-1) ?? '');
  if (!pieces.length) return failed(flat.map((line) => line.params.at(-1)).join(' ') || 'The server does not answer.');
  try {
    return JSON.parse(pieces.join(''));
  } catch {
    return failed('The answer of the server cannot be read.');
  }
}

/** What went wrong, in a sentence or two. */
export function why({ error }) {
  const hint = error?.hint?.length ? ` Closest: ${error.hint.join(', ')}.` : '';
  const text = error?.text || 'It was not done.';
  return `${/[.?!]$/.test(text) ? text : `${text}.`}${hint}`;
}

/** 45s, 12m, 3h02, 5d 4h. */
export function span(seconds) {
  if (seconds === null || seconds === undefined) return '';
  const s = Math.max(0, Math.floor(seconds));
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m`;
  if (s < 86400) return `${Math.floor(s / 3600)}h${String(Math.floor((s % 3600) / 60)).padStart(2, '0')}`;
  return `${Math.floor(s / 86400)}d ${Math.floor((s % 86400) / 3600)}h`;
}
