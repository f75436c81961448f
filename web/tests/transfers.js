// Sending a file to a server that has its faults.

import { equal, holds, test } from './check.js';
import { Upload } from '../transfers/tus.js';

/** Puts a server of few lines in place of the browser's requests; `faults` are statuses to answer with, 0: no answer. */
async function against(faults, run) {
  const server = { got: [], said: [], size: 0 };
  const real = globalThis.XMLHttpRequest;
  globalThis.XMLHttpRequest = class {
    upload = {};
    headers = {};
    status = 0;
    responseText = '';
    told = {};

    open(method, url) {
      Object.assign(this, { method, url });
    }

    setRequestHeader(name, value) {
      this.headers[name] = value;
    }

    getResponseHeader(name) {
      return this.told[name] ?? null;
    }

    abort() {
      this.onabort();
    }

    async send(body) {
      const bytes = body ? [...new Uint8Array(await body.arrayBuffer())] : [];
      const fault = faults.shift();
      server.said.push(this.method);
      if (fault === 0) {
        server.got.push(...bytes.slice(0, 1000));
        return this.onerror();
      }
      if (fault) Object.assign(this, { status: fault, responseText: `fault ${fault}`, told: { 'Content-Type': 'text/plain' } });
      else this.answer(bytes);
      return this.onload();
    }

    answer(bytes) {
      if (this.method === 'POST') {
        Object.assign(this, { status: 201, told: { Location: '/uploads/1' } });
        server.metadata = this.headers['Upload-Metadata'];
        return;
      }
      const is_right = this.method === 'HEAD' || Number(this.headers['Upload-Offset']) === server.got.length;
      this.status = is_right ? 204 : 409;
      if (is_right) server.got = server.got.concat(bytes);
      this.told = { 'Upload-Offset': String(server.got.length) };
    }
  };
  try {
    return await run(server);
  } finally {
    globalThis.XMLHttpRequest = real;
  }
}

const content = Uint8Array.from({ length: 9 * 1024 * 1024 }, (_, at) => (at * 7) % 251);

function upload() {
  const made = new Upload({ file: new Blob([content]), name: 'ä.bin', to: '#lobby', base: '/files', token: async () => 't', changed: () => {} });
  made.wait = () => Promise.resolve();
  return made;
}

test('a file goes in pieces, with its name and place', () => against([], async (server) => {
  const own = upload();
  await own.run();
  equal(server.said, ['POST', 'PATCH', 'PATCH', 'PATCH']);
  equal([server.got.length, own.sent, server.metadata], [content.length, content.length, 'filename w6QuYmlu,to I2xvYmJ5']);
}));

test('after a fault it goes on where it was', () => against([null, null, 0, 503, null, 423], async (server) => {
  await upload().run();
  equal(server.got.length, content.length);
  holds(server.got.every((byte, at) => byte === content[at]), 'bytes are doubled or lost');
  equal(server.said.filter((method) => method === 'POST').length, 1);
}));

test('a refusal ends it with the words of the server', () => against([413], async (server) => {
  const why = await upload().run().catch((error) => error.message);
  equal([why, server.said], ['fault 413', ['POST']]);
}));

test('an upload can be cancelled', () => against([null, 0, 0, 0, 0], async () => {
  const own = upload();
  own.wait = async () => own.stop.abort();
  equal(await own.run().catch((error) => error.name), 'AbortError');
}));
