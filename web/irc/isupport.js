// What the server says it supports (005), with the answers that the client needs of it.

export class Support {
  tokens = new Map();

  take(words) {
    for (const word of words) {
      if (word.startsWith('-')) this.tokens.delete(word.slice(1));
      else {
        const at = word.indexOf('=');
        const value = at < 0 ? '' : word.slice(at + 1);
        const clear = value.replace(/\\x([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
        this.tokens.set(at < 0 ? word : word.slice(0, at), clear);
      }
    }
  }

  get(name, otherwise = '') {
    return this.tokens.get(name) ?? otherwise;
  }

  has(name) {
    return this.tokens.has(name);
  }

  number(name, otherwise) {
    return Number(this.tokens.get(name)) || otherwise;
  }

  isRoom(name) {
    return this.get('CHANTYPES', '#').includes(name[0]);
  }

  /** Ranks as pairs of mode letter and sign, highest first. */
  ranks() {
    const [, letters, signs] = /^\((.*)\)(.*)$/.exec(this.get('PREFIX', '(qaohv)~&@%+')) ?? [];
    return [...(letters ?? '')].map((letter, index) => [letter, signs[index]]);
  }

  /** A name of NAMES without its signs, and these. */
  unranked(name) {
    const signs = this.ranks().map(([, sign]) => sign);
    let at = 0;
    while (at < name.length && signs.includes(name[at])) at += 1;
    return [name.slice(at), name.slice(0, at)];
  }

  /** Whether a mode of rooms has a parameter. */
  modeTakes(letter, is_set) {
    const [lists, always, setOnly] = this.get('CHANMODES', 'b,k,l,').split(',');
    const is_rank = this.ranks().some(([own]) => own === letter);
    return is_rank || lists.includes(letter) || always.includes(letter) || (is_set && setOnly.includes(letter));
  }
}
