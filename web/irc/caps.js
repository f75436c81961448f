// Capabilities: what the server offers, what is on.

const WANTED = [
  'account-notify', 'account-tag', 'away-notify', 'batch', 'cap-notify', 'draft/account-registration',
  'draft/channel-rename', 'draft/chathistory', 'draft/event-playback', 'draft/message-redaction', 'draft/multiline',
  'draft/read-marker', 'echo-message', 'extended-join', 'invite-notify', 'labeled-response', 'message-tags',
  'multi-prefix', 'sasl', 'server-time', 'soju.im/search', 'standard-replies',
];

export class Caps {
  offered = new Map();
  on = new Set();

  /** Takes the words of CAP LS or NEW; gives back those to ask for. */
  offer(words) {
    for (const word of words.split(' ').filter(Boolean)) {
      const [name, ...value] = word.split('=');
      this.offered.set(name, value.join('='));
    }
    return this.wanted();
  }

  wanted() {
    return WANTED.filter((name) => this.offered.has(name) && !this.on.has(name));
  }

  acknowledge(words) {
    for (const word of words.split(' ').filter(Boolean)) {
      if (word.startsWith('-')) this.on.delete(word.slice(1));
      else this.on.add(word.split('=')[0]);
    }
  }

  withdraw(words) {
    for (const name of words.split(' ')) {
      this.offered.delete(name);
      this.on.delete(name);
    }
  }

  has(name) {
    return this.on.has(name);
  }

  /** A number in the value of a capability, as in `max-bytes=16384,max-lines=100`. */
  number(name, key, otherwise) {
    const found = (this.offered.get(name) ?? '').split(',').find((part) => part.startsWith(`${key}=`));
    return Number(found?.slice(key.length + 1)) || otherwise;
  }
}
