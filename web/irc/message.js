// One line of IRC: tags, source, command, parameters. Reads and writes it; knows no socket.

const UNESCAPED = { ':': ';', s: ' ', r: '\r', n: '\n', '\\': '\\' };
const ESCAPED = { ';': '\\:', ' ': '\\s', '\r': '\\r', '\n': '\\n', '\\': '\\\\' };

const unescape = (value) => value.replace(/\\(.?)/gs, (_, sign) => UNESCAPED[sign] ?? sign);
export const escapeTag = (value) => value.replace(/[; \r\n\\]/g, (sign) => ESCAPED[sign]);

function readTags(text) {
  const tags = new Map();
  for (const tag of text.split(';')) {
    const at = tag.indexOf('=');
    if (tag) tags.set(at < 0 ? tag : tag.slice(0, at), at < 0 ? '' : unescape(tag.slice(at + 1)));
  }
  return tags;
}

/** Takes the word before the next space; what follows it is the rest. */
function word(text) {
  const at = text.indexOf(' ');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1).replace(/^ +/, '')];
}

/** What a line says. `nick` is the source up to the `!`. */
export function parse(line) {
  let rest = line.replace(/[\r\n\0]+/g, '');
  let tags = new Map();
  let source = '';
  if (rest.startsWith('@')) {
    const [text, after] = word(rest.slice(1));
    [tags, rest] = [readTags(text), after];
  }
  if (rest.startsWith(':')) [source, rest] = word(rest.slice(1));
  const [command, after] = word(rest);
  const params = [];
  rest = after;
  while (rest) {
    if (rest.startsWith(':')) {
      params.push(rest.slice(1));
      break;
    }
    const [next, more] = word(rest);
    params.push(next);
    // What ends in " :" has an empty last parameter.
    rest = more;
  }
  return { tags, source, nick: source.split('!')[0], command: command.toUpperCase(), params };
}

/** The line of a command; tags are an object. Line ends cannot get into it. */
export function format(command, params = [], tags = {}) {
  const named = Object.entries(tags).filter(([, value]) => value !== undefined);
  const head = named.map(([key, value]) => (value === '' ? key : `${key}=${escapeTag(String(value))}`));
  const words = params.map(String);
  const last = words.length - 1;
  const body = words.map((text, index) => {
    const clean = text.replace(/[\r\n\0]/g, ' ');
    const is_trailing = index === last && (clean === '' || clean.startsWith(':') || clean.includes(' '));
    if (index < last && (clean === '' || clean.startsWith(':') || clean.includes(' '))) {
      throw new Error('only the last parameter may be empty or hold spaces');
    }
    return is_trailing ? `:${clean}` : clean;
  });
  return [head.length ? `@${head.join(';')}` : '', command, ...body].filter((part) => part !== '').join(' ');
}

const encoder = new TextEncoder();

/** How many bytes a text has on the wire. */
export const bytes = (text) => encoder.encode(text).length;

/** Cuts a text into pieces of at most `most` bytes, after spaces where there are some, never inside a sign. */
export function pieces(text, most) {
  const out = [];
  let piece = '';
  let size = 0;
  for (const sign of text) {
    const own = bytes(sign);
    if (size + own > most) {
      const space = piece.lastIndexOf(' ');
      const cut = space > piece.length / 2 ? space + 1 : piece.length;
      out.push(piece.slice(0, cut));
      piece = piece.slice(cut);
      size = bytes(piece);
    }
    piece += sign;
    size += own;
  }
  if (piece || !out.length) out.push(piece);
  return out;
}
