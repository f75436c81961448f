// Who comes and goes, who runs a room, what it is about.

import { fold } from '../names.js';
import { item } from '../room.js';
import { newest } from '../history.js';

const LARGE = 60;

const stampOf = (state, line) => line.tags.get('time') ?? state.stamp();

/** A line about a room that is not said by anybody. */
function note(state, room, line, text) {
  const fields = { time: stampOf(state, line), text, msgid: line.tags.get('msgid') };
  if (room.live) state.put(room, item('info', fields));
}

/** Who came or went, as part of a line that holds several. */
function move(state, room, line, fields) {
  const id = `${line.tags.get('msgid') ?? line.tags.get('time') ?? state.fresh('t')}${fields.how}${fields.nick}`;
  return item('presence', { time: stampOf(state, line), moves: [{ id, ...fields }], msgid: undefined, room: room.name });
}

const because = (reason) => (reason ? ` (${reason})` : '');

/** What happened in a room, in words or as coming and going; null where it is not shown. */
function happening(state, room, line) {
  const { nick, params } = line;
  const fields = { time: stampOf(state, line), msgid: line.tags.get('msgid') };
  const said = (text) => item('info', { ...fields, text });
  switch (line.command) {
    case 'JOIN':
      return move(state, room, line, { how: '+', nick });
    case 'PART':
      return move(state, room, line, { how: '-', nick, reason: params[1] });
    case 'QUIT':
      return move(state, room, line, { how: '-', nick, reason: params[0] });
    case 'NICK':
      return said(`${nick} is now ${params[0]}`);
    case 'KICK':
      return said(`${nick} removed ${params[1]}${because(params[2])}`);
    case 'TOPIC':
      return said(params[1] ? `${nick} set the topic: ${params[1]}` : `${nick} removed the topic`);
    case 'MODE':
      return said(`${nick} set ${params.slice(1).join(' ')}`);
    case 'RENAME':
      return said(`${nick} renamed the room to ${params[1]}`);
    default:
      return null;
  }
}

/** The same of the past. */
export function presence(state, room, line) {
  const thing = happening(state, room, line);
  if (thing) room.add(thing);
}

function show(state, room, line) {
  const is_move = ['JOIN', 'PART', 'QUIT'].includes(line.command);
  if (!room.live || (is_move && room.members.size > LARGE)) return;
  const thing = happening(state, room, line);
  if (thing) state.put(room, thing);
}

function join(state, line) {
  const [name, account = '*'] = line.params;
  if (!state.isMe(line.nick)) {
    const room = state.room(name);
    if (!room) return;
    room.enter(line.nick, { account: account === '*' ? '' : account, away: false });
    show(state, room, line);
    state.touch('members', 'head');
    return;
  }
  state.mask = line.source;
  const room = state.open(name, 'room');
  room.joined = true;
  room.members.clear();
  room.enter(line.nick);
  const wanted = state.wanted && fold(state.wanted) === fold(name);
  if (!state.here() || wanted) state.go(name);
  if (wanted) state.wanted = '';
  newest(state, room);
  state.call('joined');
  state.touch('rooms', 'members', 'head');
}

function gone(state, room, line, nick) {
  show(state, room, line);
  room.leave(nick);
  state.touch('members', 'head', 'typing');
}

function part(state, line) {
  const room = state.room(line.params[0]);
  if (!room) return;
  if (!state.isMe(line.nick)) return gone(state, room, line, line.nick);
  state.drop(room.name);
  state.call('joined');
  return undefined;
}

function kick(state, line) {
  const [name, nick, reason] = line.params;
  const room = state.room(name);
  if (!room) return;
  gone(state, room, line, nick);
  if (!state.isMe(nick)) return;
  room.joined = false;
  room.members.clear();
  state.tell(`You were removed by ${line.nick}${because(reason)}. /join ${name} enters again.`, 'error', room);
  state.call('joined');
  state.touch('rooms', 'head');
}

const inAll = (state, nick) => [...state.rooms.values()].filter((room) => room.member(nick));

function quit(state, line) {
  for (const room of inAll(state, line.nick)) gone(state, room, line, line.nick);
  const talk = state.room(line.nick);
  if (talk) note(state, talk, line, `${line.nick} left${because(line.params[0])}`);
}

function nick(state, line) {
  const [to] = line.params;
  const was_me = state.isMe(line.nick);
  for (const room of inAll(state, line.nick)) {
    show(state, room, line);
    room.rename(line.nick, to);
  }
  if (was_me) {
    state.nick = to;
    state.call('renamed', { nick: to });
  }
  const talk = state.room(line.nick);
  if (talk && !was_me && !state.room(to)) {
    const was_here = state.current === fold(line.nick);
    state.rooms.delete(fold(line.nick));
    talk.name = to;
    state.rooms.set(fold(to), talk);
    if (was_here) state.current = fold(to);
  }
  state.touch('rooms', 'members', 'head', 'log', 'current');
}

function topic(state, line) {
  const room = state.room(line.params[0]);
  if (!room) return;
  room.topic = line.params[1] ?? '';
  show(state, room, line);
  state.touch('head');
}

function toldTopic(state, line) {
  const room = state.room(line.params[1]);
  if (!room) return;
  room.topic = line.command === '332' ? line.params[2] : '';
  state.touch('head');
}

function names(state, line) {
  const room = state.room(line.params[2]);
  if (!room) return;
  for (const word of (line.params[3] ?? '').split(' ').filter(Boolean)) {
    const [whole, ranks] = state.support.unranked(word);
    room.enter(whole.split('!')[0], { ranks });
  }
}

/** The list is whole; who is away and has an account is asked for, if they are not too many. */
function namesEnd(state, line) {
  const room = state.room(line.params[1]);
  if (!room) return;
  state.touch('members', 'head', 'rooms');
  if (room.members.size <= 300 && state.support.has('WHOX')) state.send('WHO', [room.name, '%tcnfa,7']);
}

function who(state, line) {
  const [, token, name, own, flags, account] = line.params;
  const room = state.room(name);
  if (token !== '7' || !room?.member(own)) return;
  room.enter(own, { away: flags.startsWith('G'), account: account === '0' ? '' : account });
}

function away(state, line) {
  for (const room of inAll(state, line.nick)) room.enter(line.nick, { away: line.params.length > 0 });
  state.touch('members', 'rooms');
}

function account(state, line) {
  const [name] = line.params;
  for (const room of inAll(state, line.nick)) room.enter(line.nick, { account: name === '*' ? '' : name });
  state.touch('members');
}

function mode(state, line) {
  const [name, letters = '', ...rest] = line.params;
  const room = state.room(name);
  if (!room) {
    if (state.isMe(name)) ownModes(state, letters);
    return;
  }
  const ranks = state.support.ranks();
  let is_set = true;
  for (const letter of letters) {
    if ('+-'.includes(letter)) is_set = letter === '+';
    else if (state.support.modeTakes(letter, is_set)) {
      const subject = rest.shift();
      const rank = ranks.find(([own]) => own === letter);
      const member = rank && room.member(subject ?? '');
      if (member) member.ranks = ranked(member.ranks, rank[1], is_set, ranks);
    }
  }
  show(state, room, line);
  state.touch('members', 'head');
}

/** The signs of a member with one more or less, highest first. */
function ranked(signs, sign, is_set, ranks) {
  const own = new Set(signs);
  if (is_set) own.add(sign);
  else own.delete(sign);
  return ranks.map(([, one]) => one).filter((one) => own.has(one)).join('');
}

function ownModes(state, letters) {
  let is_set = true;
  for (const letter of letters) {
    if ('+-'.includes(letter)) is_set = letter === '+';
    else if (letter === 'o') state.is_operator = is_set;
  }
  state.touch('phase', 'rooms');
}

function invite(state, line) {
  const [nick, name] = line.params;
  if (state.isMe(nick)) state.call('invited', { by: line.nick, room: name });
  else if (state.room(name)) note(state, state.room(name), line, `${line.nick} invited ${nick}`);
}

function rename(state, line) {
  const [from, to] = line.params;
  const room = state.room(from);
  if (!room) return;
  state.rooms.delete(fold(from));
  room.name = to;
  state.rooms.set(fold(to), room);
  if (state.current === fold(from)) state.current = fold(to);
  show(state, room, line);
  state.call('joined');
  state.touch('rooms', 'head', 'current');
}

/** How far another device, or this one, has read. */
function markread(state, line) {
  const room = state.room(line.params[0]);
  const time = /timestamp=(\S+)/.exec(line.params[1] ?? '')?.[1];
  if (!room) return;
  if (time && (!room.marker || time > room.marker)) room.marker = time;
  if (!room.past.begun && room.latest > (room.marker ?? '')) newest(state, room);
  if (!time) return;
  if (room.past.begun && !room.past.loading) room.recount(state.nick);
  state.touch('rooms');
}

export const TABLE = {
  JOIN: join,
  PART: part,
  KICK: kick,
  QUIT: quit,
  NICK: nick,
  TOPIC: topic,
  MODE: mode,
  AWAY: away,
  ACCOUNT: account,
  INVITE: invite,
  RENAME: rename,
  MARKREAD: markread,
  CHGHOST: () => {},
  SETNAME: () => {},
  331: toldTopic,
  332: toldTopic,
  333: () => {},
  353: names,
  354: who,
  366: namesEnd,
  315: (state) => state.touch('members', 'rooms'),
};
