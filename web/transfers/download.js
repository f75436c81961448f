// Getting a file: by the browser itself, or under another name, or with the proof who one is.

import { pathOf } from './picture.js';

/** Has the browser save what lies at a link. */
function save(href, name) {
  const link = document.createElement('a');
  Object.assign(link, { href, download: name, rel: 'noopener' });
  document.body.append(link);
  link.click();
  link.remove();
}

/** The bytes of an answer, told as they come. */
async function bytesOf(answer, progress) {
  const parts = [];
  let got = 0;
  const reader = answer.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    got += next.value.length;
    progress(got);
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}

/** A name that no system takes amiss. */
export function safeName(name) {
  const clean = name.replace(/[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff/\\:*?"<>|]/g, '_').replace(/^[. ]+|[. ]+$/g, '');
  return clean.slice(0, 200) || 'file';
}

/**
 * Downloads a file. `as` is another name for it; `token()` proves who one is, where links alone do not suffice. Throws with
 * a reason to show.
 */
export async function download(file, { as, token, progress, signal }) {
  const path = pathOf(file);
  const open = await fetch(path, { method: 'HEAD', signal });
  if (open.ok && !as) return save(path, file.name);
  const headers = open.ok ? {} : { Authorization: `Bearer ${await token()}` };
  const answer = await fetch(path, { headers, signal });
  if (!answer.ok) throw new Error(answer.status === 404 ? 'there is no such file (any more), or it is not for you' : `the server answered ${answer.status}`);
  const url = URL.createObjectURL(await bytesOf(answer, progress));
  save(url, safeName(as || file.name));
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  return undefined;
}
