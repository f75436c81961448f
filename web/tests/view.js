// What is shown of texts that others wrote.

import { equal, holds, test } from './check.js';
import { pathOf } from '../transfers/picture.js';
import { safeName } from '../transfers/download.js';
import { nodes, plain } from '../view/text.js';
import { el, size } from '../view/dom.js';

const shown = (text, nick) => {
  const node = el('p', {}, ...nodes(text, nick));
  return node;
};

test('markup of others is text', () => {
  const text = '<img src=x onerror=alert(1)><script>alert(1)</scr' + 'ipt>&amp;';
  const node = shown(text);
  equal([node.children.length, node.textContent], [0, text]);
});

test('only http and https become links, and end before the punctuation', () => {
  const links = (text) => [...shown(text).querySelectorAll('a')].map((one) => [one.textContent, one.rel, one.target]);
  equal(links('see https://a.example/x_(y). and (http://b.example/)!'), [['https://a.example/x_(y)', 'noopener noreferrer', '_blank'], ['http://b.example/', 'noopener noreferrer', '_blank']]);
  equal(links('javascript:alert(1) data:text/html,x ftp://x file:///etc/passwd xhttp://no'), []);
  equal(shown('a https://x.example b').textContent, 'a https://x.example b');
});

test('formatting is shown, and gone in plain text', () => {
  const text = '\x02bold\x02 \x1dit\x1d \x0304,1red\x03 \x11code\x0f \x0399x \x04ff0000y';
  const node = shown(text);
  equal([...node.querySelectorAll('span')].map((one) => [one.className, one.textContent]), [['f-b', 'bold'], ['f-i', 'it'], ['fg-4 bg-1', 'red'], ['f-m', 'code']]);
  equal(plain(text), 'bold it red code x y');
  equal(node.textContent, plain(text));
});

test('controls, turned directions and heaps of accents do no harm', () => {
  const text = plain(`a\x1b[31mb\u202ec\x07${'e' + '\u0301'.repeat(200)}`);
  holds(!/[\x00-\x1f\u202e]/.test(text), 'controls');
  holds(text.length < 30, 'accents');
});

test('one’s own name is marked', () => equal([...shown('hey Ann, and annex', 'ann').querySelectorAll('mark')].map((one) => one.textContent), ['Ann', 'ann'].slice(0, 1)));

test('a file lies on this server whatever its link says', () => {
  equal(pathOf({ id: 'x'.repeat(22), name: '../a?b#c.png', url: 'http://evil/' }), `/files/${'x'.repeat(22)}/..%2Fa%3Fb%23c.png`);
});

test('a name to save under is safe', () => {
  equal(['../../etc/passwd', 'a\u202egnp.exe', '.hidden', '', 'con:x', 'fine name.pdf'].map(safeName), ['_.._etc_passwd', 'a_gnp.exe', 'hidden', 'file', 'con_x', 'fine name.pdf']);
});

test('sizes are told in words of people', () => equal([0, 999, 1024, 1258291, 5e9].map(size), ['0 B', '999 B', '1.0 KiB', '1.2 MiB', '4.7 GiB']));
