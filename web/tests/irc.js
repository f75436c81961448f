// The wire: lines, batches, capabilities, logging in.

import { equal, holds, test } from './check.js';
import { Batches, joined } from '../irc/batch.js';
import { Caps } from '../irc/caps.js';
import { pause } from '../irc/connection.js';
import { Support } from '../irc/isupport.js';
import { bytes, format, parse, pieces } from '../irc/message.js';
import { answer, begin } from '../irc/sasl.js';

test('a line is read with tags, source and parameters', () => {
  const line = parse('@time=x;+a=1\\s2\\:\\\\;flag :n!u@h PRIVMSG #room  :hi : there');
  equal([...line.tags], [['time', 'x'], ['+a', '1 2;\\'], ['flag', '']]);
  equal([line.nick, line.command, line.params], ['n', 'PRIVMSG', ['#room', 'hi : there']]);
});

test('an empty last parameter is kept', () => equal(parse('TOPIC #a :').params, ['#a', '']));

test('what is written is read again as it was', () => {
  for (const text of ['hello', 'two words', '', ':)', ' lead', 'end ', '\x01ACTION x\x01', '日本 🎉']) {
    const line = parse(format('PRIVMSG', ['#a', text], { '+x': 'a;b c\\d\n', label: 'l' }));
    equal([line.params[1], line.tags.get('+x')], [text, 'a;b c\\d\n']);
  }
});

test('nobody gets a second line into a line', () => {
  equal(format('PRIVMSG', ['#a', 'x\r\nQUIT :bye']), 'PRIVMSG #a :x  QUIT :bye');
  let threw = false;
  try {
    format('KICK', ['#a b', 'c']);
  } catch {
    threw = true;
  }
  holds(threw, 'a space in a middle parameter');
});

test('a long text is cut between signs and joins to itself', () => {
  const text = 'word '.repeat(300) + '🎉'.repeat(200) + 'é'.repeat(500);
  const parts = pieces(text, 400);
  equal(parts.join(''), text);
  holds(parts.every((part) => bytes(part) <= 400), 'a piece is too long');
});

test('batches within batches come out as one', () => {
  const batches = new Batches();
  const take = (text) => batches.take(parse(text));
  equal(take('@label=q :s BATCH +1 chathistory #a'), null);
  equal(take('@batch=1;msgid=m :n!u@h BATCH +2 draft/multiline #a'), null);
  equal(take('@batch=2 :n!u@h PRIVMSG #a :one '), null);
  equal(take('@batch=2;draft/multiline-concat :n!u@h PRIVMSG #a :more'), null);
  equal(take('@batch=2 :n!u@h PRIVMSG #a :two'), null);
  equal(take(':s BATCH -2'), null);
  const whole = take(':s BATCH -1');
  equal([whole.type, whole.label, whole.lines.length], ['chathistory', 'q', 1]);
  equal(joined(whole.lines[0]).params, ['#a', 'one more\ntwo']);
});

test('what is no batch passes through', () => equal(new Batches().take(parse('PING x')).command, 'PING'));

test('only known capabilities are asked for', () => {
  const caps = new Caps();
  equal(caps.offer('batch foo sasl=PLAIN draft/multiline=max-bytes=16384,max-lines=100'), ['batch', 'draft/multiline', 'sasl']);
  caps.acknowledge('batch sasl');
  holds(caps.has('batch') && !caps.has('foo'), 'what is on');
  equal(caps.number('draft/multiline', 'max-lines', 5), 100);
  equal(caps.number('draft/multiline', 'other', 5), 5);
});

test('names lose their ranks', () => {
  const support = new Support();
  support.take(['PREFIX=(ov)@+', 'NETWORK=a\\x20b', 'CHANMODES=b,k,l,imn']);
  equal(support.unranked('@+ann'), ['ann', '@+']);
  equal(support.get('NETWORK'), 'a b');
  equal([support.modeTakes('l', true), support.modeTakes('l', false), support.modeTakes('o', false), support.modeTakes('i', true)], [true, false, true, false]);
});

test('pauses grow and stay within a minute and a bit', () => {
  equal([0, 1, 2, 9].map((tries) => pause(tries, 0.5)), [1000, 2000, 4000, 60000]);
  holds(pause(20, 1) <= 72000, 'too long');
});

test('PLAIN says account and password', async () => {
  const login = begin('PLAIN', 'ann', 'p w');
  equal(await answer(login, '+'), [btoa('\0ann\0p w')]);
});

test('SCRAM answers as RFC 7677 has it, and believes only a server that knows the password', async () => {
  const login = begin('PLAIN,SCRAM-SHA-256', 'user', 'pencil');
  Object.assign(login.way, { nonce: 'rOprNGfwEbeRWgbNEkqO', bare: 'n=user,r=rOprNGfwEbeRWgbNEkqO' });
  equal(await answer(login, '+'), [btoa('n,,n=user,r=rOprNGfwEbeRWgbNEkqO')]);
  const nonce = 'rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0';
  const proof = atob((await answer(login, btoa(`r=${nonce},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`)))[0]);
  equal(proof, `c=biws,r=${nonce},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`);
  equal(await answer(login, btoa('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')), ['+']);
  let refused = false;
  await answer(login, btoa('v=AAAA')).catch(() => {
    refused = true;
  });
  holds(refused, 'a wrong signature was believed');
});

test('a long answer goes in parts of 400 signs', async () => {
  const parts = await answer(begin('PLAIN', 'ann', 'x'.repeat(295)), '+');
  equal(parts.map((part) => part.length), [400, 1]);
  equal(parts[1], '+');
});
