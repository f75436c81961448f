// Logging in: SASL SCRAM-SHA-256 where the browser can reckon (https, or this machine), PLAIN elsewhere.

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const toBase64 = (raw) => btoa(String.fromCharCode(...raw));
const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

async function hmac(key, data) {
  const own = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await crypto.subtle.sign('HMAC', own, data));
}

async function stretched(password, salt, iterations) {
  const key = await crypto.subtle.importKey('raw', encoder.encode(password), 'PBKDF2', false, ['deriveBits']);
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, 256));
}

/** A login by SCRAM: `first()` begins it, each `next(challenge)` answers; it throws where the server is not what it says. */
class Scram {
  constructor(account, password, nonce) {
    Object.assign(this, { account, password, nonce });
    this.bare = `n=${account.replace(/=/g, '=3D').replace(/,/g, '=2C')},r=${nonce}`;
  }

  first() {
    return encoder.encode(`n,,${this.bare}`);
  }

  next(challenge) {
    return this.signature ? this.last(challenge) : this.proof(challenge);
  }

  async proof(challenge) {
    const text = decoder.decode(challenge);
    const field = Object.fromEntries(text.split(',').map((part) => [part[0], part.slice(2)]));
    const iterations = Number(field.i);
    if (!field.r?.startsWith(this.nonce) || !(iterations >= 4096 && iterations <= 5000000)) throw new Error('bad challenge');
    const salted = await stretched(this.password, fromBase64(field.s), iterations);
    const client = await hmac(salted, encoder.encode('Client Key'));
    const stored = new Uint8Array(await crypto.subtle.digest('SHA-256', client));
    const without = `c=biws,r=${field.r}`;
    const all = encoder.encode(`${this.bare},${text},${without}`);
    const signed = await hmac(stored, all);
    this.signature = await hmac(await hmac(salted, encoder.encode('Server Key')), all);
    return encoder.encode(`${without},p=${toBase64(client.map((byte, index) => byte ^ signed[index]))}`);
  }

  last(challenge) {
    if (decoder.decode(challenge) !== `v=${toBase64(this.signature)}`) throw new Error('the server does not know the password');
    return new Uint8Array();
  }
}

class Plain {
  constructor(account, password) {
    this.answer = encoder.encode(`\0${account}\0${password}`);
  }

  first() {
    return new Uint8Array();
  }

  next() {
    return this.answer;
  }
}

/** The way to log in among those that are offered (`PLAIN,SCRAM-SHA-256`); none: null. */
export function begin(offered, account, password) {
  const names = offered ? offered.split(',') : ['PLAIN'];
  if (names.includes('SCRAM-SHA-256') && globalThis.crypto?.subtle) {
    const nonce = toBase64(crypto.getRandomValues(new Uint8Array(18)));
    return { name: 'SCRAM-SHA-256', way: new Scram(account, password, nonce), begun: false };
  }
  return names.includes('PLAIN') ? { name: 'PLAIN', way: new Plain(account, password), begun: true } : null;
}

/** The answer to one challenge of the server, as parameters of AUTHENTICATE. */
export async function answer(login, challenge) {
  const raw = challenge === '+' ? new Uint8Array() : fromBase64(challenge);
  const reply = login.begun ? await login.way.next(raw) : login.way.first();
  login.begun = true;
  const text = toBase64(reply);
  const parts = text.match(/.{1,400}/g) ?? [];
  return text.length % 400 === 0 ? [...parts, '+'] : parts;
}
