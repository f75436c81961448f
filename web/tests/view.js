// What is shown of texts that others wrote.

import { equal, holds, test } from './check.js';
import { pathOf } from '../transfers/picture.js';
import { safeName } from '../transfers/download.js';
import { nodes, plain } from '../view/text.js';
import { el, size } from '../view/dom.js';
import { exposed } from '../view/signin.js';
import { itemNode } from '../view/item.js';
import { Keyed } from '../view/keyed.js';
import { Room, item } from '../model/room.js';

const shown = (text, nick) => {
  const node = el('p', {}, ...nodes(text, nick));
  return node;
};

test('markup of others is text', () => {
  const text = '<img src=x onerror=alert(1)><script>alert(1)</scr' + 'ipt>&amp;';
  const node = shown(text);
  equal([node.children.length, node.textContent], [0, text]);
});

test('a connection that others can read is told, with the encrypted address', () => {
  equal(exposed(true, { host: 'chat.example' }), null);
  const danger = exposed(false, { host: 'chat.example:55555' });
  equal([danger.better, /not encrypted.*read all/.test(danger.text)], ['https://chat.example:55555/', true]);
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

test('sizes are told in words of people', () => equal([0, 999, 1000, 1258291, 5e9].map(size), ['0 B', '999 B', '1.0 kB', '1.2 MB', '5.0 GB']));

test('what did not change is not made again, and the order is as wanted', () => {
  const list = el('ul');
  const keyed = new Keyed(list);
  let made = 0;
  const row = (key, sign) => ({ key, sign, make: () => el('li', { textContent: `${key}${sign}${(made += 1)}` }) });
  keyed.draw([row('a', 1), row('b', 1), row('c', 1)]);
  const [, second] = list.children;
  keyed.draw([row('c', 1), row('b', 1), row('a', 2), row('d', 1)]);
  equal([...list.children].map((one) => one.textContent), ['c13', 'b12', 'a24', 'd15']);
  holds(list.children[1] === second, 'it was made again');
  keyed.draw([row('b', 1)]);
  equal([list.children.length, list.firstChild === second], [1, true]);
});

test('who has the focus keeps it over a change', () => {
  const list = el('ul');
  document.body.append(list);
  const keyed = new Keyed(list);
  const row = (sign) => ({ key: 'a', sign, make: () => el('li', {}, el('button', { textContent: sign })) });
  keyed.draw([row('one')]);
  list.querySelector('button').focus();
  keyed.draw([row('two')]);
  equal(document.activeElement.textContent, 'two');
  list.remove();
});

test('a message shows its words, and only its own picture is fetched', () => {
  const acts = { mayRemove: () => true, showsPictures: () => true };
  const room = new Room('#a', 'room');
  const file = { id: 'x'.repeat(22), name: 'a.png', bytes: 5, url: 'http://elsewhere.example/a.png' };
  const node = itemNode(item('say', { time: '2026-01-01T00:00:00.000Z', msgid: 'm', nick: '<b>ann', text: 'hi', file }), null, room, 'me', acts);
  equal(new URL(node.querySelector('img').src).pathname, `/files/${'x'.repeat(22)}/a.png`);
  equal([node.querySelectorAll('b').length, node.querySelector('.nick').textContent], [1, '<b>ann']);
  const gone = itemNode(item('say', { time: '2026-01-01T00:00:00.000Z', msgid: 'm', nick: 'ann', text: '', redacted: { by: 'bob', reason: 'typo' } }), null, room, 'me', acts);
  equal([gone.querySelector('.removed').textContent, gone.querySelector('.tools')], ['removed by bob: typo', null]);
});
