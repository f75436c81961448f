// Names, rooms and their items.

import { equal, holds, test } from './check.js';
import { calls, fold, same, tame } from '../model/names.js';
import { Room, item } from '../model/room.js';

const say = (time, msgid, more = {}) => item('say', { time, msgid, nick: 'ann', text: msgid, ...more });
const texts = (room) => room.items.map((one) => one.msgid);

test('names are equal as the server has it', () => {
  holds(same('Ann', 'aNN') && !same('ä', 'Ä') && !same('a[', 'a{'), 'ascii only');
  equal(fold('ÀB'), 'Àb');
});

test('a name calls as a word of its own', () => {
  equal(['ann: hi', 'hi Ann!', 'annex', 'joann', 'an ann_', '(ann)', 'ann'].map((text) => calls(text, 'ann')), [true, true, false, false, false, true, true]);
  holds(!calls('anything', ''), 'no name calls nobody');
});

test('a name of others cannot turn the text around', () => equal(tame('a\u202eb\x1bc\u200bd'), 'abcd'));

test('items stand in the order of time, and of ids within a moment', () => {
  const room = new Room('#a', 'room');
  [['2', 'm3'], ['2', 'm1'], ['1', 'm0'], ['2', 'm2'], ['3', 'm4']].forEach(([time, id]) => room.add(say(time, id)));
  equal(texts(room), ['m0', 'm1', 'm2', 'm3', 'm4']);
});

test('one message is there once', () => {
  const room = new Room('#a', 'room');
  holds(room.add(say('1', 'm')) && !room.add(say('1', 'm')), 'doubled');
  equal(room.items.length, 1);
});

test('who comes and goes shortly after one another is one line', () => {
  const room = new Room('#a', 'room');
  const move = (time, id) => item('presence', { time, moves: [{ id, how: '+', nick: id }] });
  room.add(move('2026-01-01T00:00:00.000Z', 'a'));
  room.add(move('2026-01-01T00:00:10.000Z', 'b'));
  room.add(move('2026-01-01T00:00:10.000Z', 'b'));
  room.add(move('2026-01-01T01:00:00.000Z', 'c'));
  equal(room.items.map((one) => one.moves.length), [2, 1]);
});

test('unread is what is newer than the marker and not mine', () => {
  const room = new Room('#a', 'room');
  room.add(say('1', 'm1'));
  room.add(say('2', 'm2', { mention: true }));
  room.add(say('3', 'm3', { mine: true }));
  room.add(say('4', 'm4'));
  room.recount('me');
  equal(room.unread, 0);
  room.marker = '1';
  room.recount('me');
  equal([room.unread, room.mentions], [2, 1]);
});

test('with a person that was never read all is unread', () => {
  const talk = new Room('bob', 'person');
  talk.add(say('1', 'm1'));
  talk.recount('me');
  equal([talk.unread, talk.mentions], [1, 1]);
});

test('memory of a room has a bound', () => {
  const room = new Room('#a', 'room');
  for (let n = 0; n < 1600; n += 1) room.add(say(String(10000 + n), `m${n}`));
  room.past.complete = true;
  room.trim();
  holds(room.items.length <= 1500 && !room.past.complete, 'it grew');
  equal(room.last().msgid, 'm1599');
});

test('members are sorted by rank, then by name', () => {
  const room = new Room('#a', 'room');
  room.enter('zoe', { ranks: '@' });
  room.enter('bob');
  room.enter('Ann');
  room.enter('carl', { ranks: '+' });
  equal(room.sorted(['@', '+']).map(({ nick }) => nick), ['zoe', 'carl', 'Ann', 'bob']);
});
