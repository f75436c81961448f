// A picture of this server's own files, shown small. What is elsewhere is never fetched.

import { el } from '../view/dom.js';

const PICTURE = /\.(png|jpe?g|gif|webp)$/i;

/** The path of a file, if it lies on this server: from its link or its id. */
export function pathOf(file) {
  return `/files/${encodeURIComponent(file.id)}/${encodeURIComponent(file.name)}`;
}

/** Where a link alone does not suffice, it is fetched with the proof who one is. */
async function proved(image, link, acts) {
  try {
    const url = URL.createObjectURL(await acts.bytes(image.getAttribute('src')));
    image.addEventListener('error', () => link.remove());
    image.addEventListener('load', () => {
      link.removeAttribute('href');
      URL.revokeObjectURL(url);
    }, { once: true });
    image.src = url;
  } catch {
    link.remove();
  }
}

/** The picture of a file that is one; else null. */
export function picture(file, acts) {
  if (!PICTURE.test(file.name) || !acts.showsPictures()) return null;
  const image = el('img', { class: 'picture', alt: `Picture ${file.name}`, loading: 'lazy', decoding: 'async', src: `${pathOf(file)}?inline` });
  const link = el('a', { class: 'picture-link', href: `${pathOf(file)}?inline`, target: '_blank', rel: 'noopener noreferrer' }, image);
  image.addEventListener('error', () => proved(image, link, acts), { once: true });
  return link;
}
