// One upload by the tus protocol: in pieces, each with its offset; after a fault it asks how far it came and goes on.

const PIECE = 4 * 1024 * 1024;
const TRIES = 8;
const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

/** What a status means, where the answer does not say it itself. */
const WORDS = {
  401: 'the server does not know who you are; sign in again', 403: 'you may not send files here', 404: 'the upload is not there any more',
  413: 'the file is larger than the server takes', 429: 'too much at once; try again later', 507: 'the server has no space left',
};

class Refused extends Error {}

/** One request, with progress and the answer's headers. */
function request(method, url, headers, body, onprogress, signal) {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.open(method, url);
    Object.entries(headers).forEach(([name, value]) => xhr.setRequestHeader(name, value));
    if (onprogress) xhr.upload.onprogress = (event) => onprogress(event.loaded);
    xhr.onload = () => resolve(xhr);
    xhr.onerror = () => reject(new Error('the connection was lost'));
    xhr.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    signal.addEventListener('abort', () => xhr.abort(), { once: true });
    xhr.send(body);
  });
}

function refusal(xhr) {
  const told = (xhr.getResponseHeader('Content-Type') ?? '').startsWith('text/plain') && xhr.responseText.trim().slice(0, 200);
  return new Refused(told || WORDS[xhr.status] || `the server answered ${xhr.status}`);
}

/** Whether it may go better in a moment. */
const passes = (status) => [408, 423, 429].includes(status) || (status >= 500 && status !== 507);


export class Upload {
  sent = 0;
  url = '';

  /** `token(again)` gives a promise of the proof who one is; `changed()` is called when there is something to show. */
  constructor({ file, name, to, base, token, changed }) {
    Object.assign(this, { file, name, to, base, token, changed, stop: new AbortController() });
  }

  async send(method, url, headers = {}, body = null, onprogress = null) {
    const own = async (again) => ({ 'Tus-Resumable': '1.0.0', Authorization: `Bearer ${await this.token(again)}`, ...headers });
    const { signal } = this.stop;
    const first = await request(method, url, await own(false), body, onprogress, signal);
    return first.status === 401 ? request(method, url, await own(true), body, onprogress, signal) : first;
  }

  /** Sends all of it. Throws with a reason to show. */
  async run() {
    let tries = 0;
    while (!this.done) {
      try {
        if (!this.url) await this.create();
        else if (tries) await this.ask();
        await this.pieces();
      } catch (error) {
        if (error instanceof Refused || error.name === 'AbortError' || tries >= TRIES) throw error;
        tries += 1;
        this.note = `${error.message}; trying again`;
        this.changed();
        await this.wait(Math.min(500 * 2 ** tries, 15000));
        if (this.stop.signal.aborted) throw new DOMException('cancelled', 'AbortError');
      }
    }
  }

  wait(ms) {
    return new Promise((resolve) => setTimeout(resolve, ms));
  }

  async create() {
    const fields = [`filename ${base64(this.name)}`];
    if (this.to) fields.push(`to ${base64(this.to)}`);
    const answer = await this.send('POST', `${this.base}/uploads`, { 'Upload-Length': String(this.file.size), 'Upload-Metadata': fields.join(',') });
    if (passes(answer.status)) throw new Error('the server is busy');
    const place = answer.getResponseHeader('Location');
    if (answer.status !== 201 || !place) throw refusal(answer);
    const url = new URL(place, location.href);
    if (url.origin !== location.origin) throw new Refused('the server names another place');
    this.url = url.pathname;
    if (this.file.size === 0) this.finish(answer);
  }

  /** How far the server got. */
  async ask() {
    const answer = await this.send('HEAD', this.url);
    if (passes(answer.status)) throw new Error('the server is busy');
    if (answer.status >= 400 && !this.was_begun_again) return this.again();
    if (answer.status >= 400) throw refusal(answer);
    this.sent = Number(answer.getResponseHeader('Upload-Offset')) || 0;
    if (this.sent === this.file.size) this.finish(answer);
  }

  /** The server knows nothing of it any more, as after a new sign in of a guest: from the beginning, once. */
  again() {
    Object.assign(this, { was_begun_again: true, url: '', sent: 0 });
    return this.create();
  }

  async pieces() {
    while (!this.done) {
      const from = this.sent;
      const piece = this.file.slice(from, from + PIECE);
      const headers = { 'Upload-Offset': String(from), 'Content-Type': 'application/offset+octet-stream' };
      const answer = await this.send('PATCH', this.url, headers, piece, (loaded) => this.progress(from + loaded));
      if (answer.status === 409) await this.ask();
      else if (passes(answer.status)) throw new Error('the server is busy');
      else if (answer.status >= 300) throw refusal(answer);
      else this.progress(Number(answer.getResponseHeader('Upload-Offset')) || from + piece.size);
      if (this.sent >= this.file.size) this.finish(answer);
    }
  }

  progress(sent) {
    this.sent = Math.min(sent, this.file.size);
    this.note = '';
    this.changed();
  }

  finish() {
    this.done = true;
    this.changed();
  }

  /** Ends it; the server forgets what it has. */
  cancel() {
    this.stop.abort();
    const { url } = this;
    if (url && !this.done) this.token(false).then((token) => fetch(url, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0', Authorization: `Bearer ${token}` } })).catch(() => {});
  }
}
