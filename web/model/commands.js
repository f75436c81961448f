// What a typed line means: a slash begins a command, all else is said. What is not known is never sent as text.

import { whoisRows } from './hear/answers.js';
import { say } from './outbox.js';

const words = (rest, count) => {
  const out = rest.split(/\s+/).filter(Boolean);
  if (out.length <= count) return out;
  let tail = rest.trim();
  for (let n = 0; n < count - 1; n += 1) tail = tail.replace(/^\S+\s+/, '');
  return [...out.slice(0, count - 1), tail];
};

class Refused extends Error {}

function need(value, what) {
  if (!value) throw new Refused(what);
  return value;
}

/** The room a command is about: the first word, if it is a room's name, or the one looked at. */
function roomAndRest(state, rest) {
  const [first = '', ...others] = rest.trim().split(/\s+/);
  if (first && state.support.isRoom(first)) return [first, others.join(' ')];
  const here = state.here();
  if (here?.kind !== 'room') throw new Refused('This is for rooms; go to one, or name it.');
  return [here.name, rest.trim()];
}

function dm(state, rest) {
  const [name, text] = words(rest, 2);
  need(name, 'Whom? /dm NAME [TEXT]');
  if (text) say(state, name, text);
  else state.open(name, state.support.isRoom(name) ? 'room' : 'person');
  if (!text) state.go(name);
}

function me(state, rest) {
  const here = need(state.here(), 'Go to a room first.');
  say(state, here.name, need(rest.trim(), 'What do you do? /me waves'), { is_act: true });
}

function join(state, rest) {
  const [name, key] = words(rest, 2);
  need(name, 'Which room? /join #dev');
  const room = state.support.isRoom(name) ? name : `#${name}`;
  if (state.room(room)?.joined) return state.go(room);
  state.wanted = room;
  return state.send('JOIN', key ? [room, key] : [room]);
}

function part(state, rest) {
  const here = state.here();
  if (!rest.trim() && here?.kind !== 'room') return here && state.drop(here.name);
  const [name, reason] = roomAndRest(state, rest);
  if (state.room(name) && !state.room(name).joined) return state.drop(name);
  return state.send('PART', reason ? [name, reason] : [name]);
}

function topic(state, rest) {
  const [name, text] = roomAndRest(state, rest);
  if (text) return state.send('TOPIC', [name, text === '-' ? '' : text]);
  return state.tell(state.room(name)?.topic || 'This room has no topic. /topic TEXT sets one.');
}

function away(state, rest) {
  state.away = rest.trim() || 'away';
  state.send('AWAY', [state.away]);
}

function whois(state, rest) {
  const name = need(rest.trim().split(' ')[0], 'About whom? /whois NAME');
  state.ask('WHOIS', [name], (lines) => state.call('whois', { nick: name, rows: whoisRows(lines) }));
}

function kick(state, rest) {
  const [room, more] = roomAndRest(state, rest);
  const [name, reason] = words(more, 2);
  state.send('KICK', [room, need(name, 'Whom? /kick NAME [REASON]'), ...(reason ? [reason] : [])]);
}

const modes = (sign, letter, usage) => (state, rest) => {
  const [room, more] = roomAndRest(state, rest);
  state.send('MODE', [room, `${sign}${letter}`, need(more.trim().split(' ')[0], usage)]);
};

const maskOf = (name) => (/[!@*]/.test(name) ? name : `${name}!*@*`);

const ban = (sign) => (state, rest) => {
  const [room, more] = roomAndRest(state, rest);
  const name = need(more.trim().split(' ')[0], `Whom? /${sign === '+' ? '' : 'un'}ban NAME`);
  state.send('MODE', [room, `${sign}b`, maskOf(name)]);
};

function silence(sign) {
  return (state, rest) => {
    const name = rest.trim().split(' ')[0];
    if (!name) return state.send('SILENCE');
    state.tell(sign === '+' ? `You hear nothing more that ${name} says to you alone.` : `You hear ${name} again.`);
    return state.send('SILENCE', [`${sign}${name}`]);
  };
}

function everybody(state, rest) {
  state.send('PRIVMSG', ['$*', need(rest.trim(), 'What? /bm TEXT')]);
}

function list(state, rest) {
  state.call('dialog', { name: 'rooms', pattern: rest.trim() });
}

function wholast(state, rest) {
  const found = /^(\d+)\s*(m|h|d)?$/.exec(rest.trim() || '60');
  const minutes = Number(need(found, 'How many minutes? /wholast 60')[1]) * { h: 60, d: 1440 }[found[2]] || Number(found[1]);
  state.ask('WHOLAST', [minutes], (lines) => {
    const told = (lines.find((line) => line.command === 'BATCH')?.lines ?? lines).filter((line) => line.command === 'WHOLAST');
    const when = (time) => (time === '*' ? 'now' : `${Math.round((state.now - Date.parse(time)) / 60000)} min ago`);
    const names = told.map(({ params }) => `${params[0]} ${when(params[1])}`);
    state.tell(`Here in the last ${minutes} minutes (${names.length}): ${names.join(' · ')}`);
  });
}

const dialog = (name) => (state) => state.call('dialog', { name });

/** Rows: names, usage, help, what is done. The first name is the one that is shown. */
export const COMMANDS = [
  [['dm', 'msg', 'query', 'w'], 'NAME [TEXT]', 'says something to one person', dm],
  [['me'], 'TEXT', 'says what you do', me],
  [['to'], 'TARGET TEXT', 'says something elsewhere without going there', (state, rest) => {
    const [target, text] = words(rest, 2);
    say(state, need(target, 'To whom? /to NAME TEXT'), need(text, 'What? /to NAME TEXT'));
  }],
  [['say'], 'TEXT', 'says exactly this, whatever it begins with', (state, rest) => {
    say(state, need(state.here(), 'Go to a room first.').name, need(rest, 'What? /say TEXT'));
  }],
  [['bm', 'broadcast'], 'TEXT', 'says something to everybody online', everybody],
  [['join', 'j'], 'ROOM [KEY]', 'enters a room', join],
  [['part', 'leave'], '[ROOM] [REASON]', 'leaves a room', part],
  [['topic'], '[TEXT]', 'shows or sets what the room is about; - removes it', topic],
  [['invite'], 'NAME [ROOM]', 'asks somebody into a room', (state, rest) => {
    const [name, room] = words(rest, 2);
    state.send('INVITE', [need(name, 'Whom? /invite NAME'), room ?? roomAndRest(state, '')[0]]);
  }],
  [['kick'], 'NAME [REASON]', 'removes somebody from the room', kick],
  [['ban'], 'NAME', 'keeps somebody out of the room', ban('+')],
  [['unban'], 'NAME', 'lets somebody in again', ban('-')],
  [['op'], 'NAME', 'lets somebody run the room', modes('+', 'o', 'Whom? /op NAME')],
  [['deop'], 'NAME', 'ends that', modes('-', 'o', 'Whom? /deop NAME')],
  [['voice'], 'NAME', 'lets somebody speak in a moderated room', modes('+', 'v', 'Whom? /voice NAME')],
  [['devoice'], 'NAME', 'ends that', modes('-', 'v', 'Whom? /devoice NAME')],
  [['mode'], '[ROOM] MODES', 'changes modes of the room', (state, rest) => {
    const [room, more] = roomAndRest(state, rest);
    state.send('MODE', [room, ...more.split(/\s+/).filter(Boolean)]);
  }],
  [['names', 'users', 'whoelse'], '', 'shows who is in the room', (state) => state.call('dialog', { name: 'members' })],
  [['list'], '[PATTERN]', 'shows the rooms of the server', list],
  [['whois'], 'NAME', 'tells about a person', whois],
  [['wholast'], 'N', 'shows who was here in the last N minutes (also 2h)', wholast],
  [['nick'], 'NAME', 'changes your name', (state, rest) => state.send('NICK', [need(rest.trim().split(' ')[0], 'Which? /nick NAME')])],
  [['away'], '[TEXT]', 'tells who writes to you that you are away', away],
  [['back'], '', 'you are back', (state) => state.send('AWAY')],
  [['block'], '[NAME]', 'hears nothing more that somebody says to you alone; alone: shows whom', silence('+')],
  [['unblock'], 'NAME', 'hears somebody again', silence('-')],
  [['search'], 'WORDS', 'finds what was said', (state, rest) => state.call('dialog', { name: 'search', text: rest.trim() })],
  [['files'], '', 'shows the files of this place', dialog('files')],
  [['upload'], '', 'chooses files to send here', (state) => state.call('choose')],
  [['register'], '', 'makes your name yours', dialog('register')],
  [['login'], '', 'logs in to your name', dialog('login')],
  [['logout'], '', 'is a guest again', (state) => state.send('NICKSERV', ['LOGOUT'])],
  [['ns', 'nickserv'], 'WORDS', 'asks NickServ about accounts', (state, rest) => state.send('NICKSERV', rest.split(/\s+/).filter(Boolean))],
  [['cs', 'chanserv'], 'WORDS', 'registers rooms: REGISTER, DROP, INFO, TRANSFER', (state, rest) => {
    state.send('CHANSERV', rest.split(/\s+/).filter(Boolean));
  }],
  [['oper'], 'NAME', 'becomes an operator; asks for the password', (state, rest) => state.call('dialog', { name: 'oper', text: rest.trim() })],
  [['admin', 'operator'], '[WORDS]', 'opens the operator’s page; with words: does what chat admin does', (state, rest) => {
    if (!rest.trim()) return state.call('operator');
    return state.ask('ADMIN', [rest.trim()], (lines) => lines.flatMap((line) => line.lines ?? [line]).forEach(({ command, params }) => state.tell(params.at(-1), command === 'FAIL' ? 'error' : 'info')));
  }],
  [['clear'], '', 'empties what is shown here', (state) => {
    state.here()?.clear();
    state.touch('log');
  }],
  [['settings', 'set'], '', 'how the client looks and behaves', dialog('settings')],
  [['help', 'h', 'keys'], '', 'shows keys and commands', dialog('help')],
  [['raw', 'quote'], 'LINE', 'sends a line of IRC', (state, rest) => state.lines.push(need(rest.replace(/[\r\n\0]/g, ' ').trim(), 'Which? /raw LINE'))],
  [['reconnect'], '', 'connects once more, now', (state) => state.call('reconnect')],
  [['quit', 'exit'], '[REASON]', 'leaves', (state, rest) => state.call('quit', { reason: rest.trim() })],
];

/** How far two words are from one another, in letters to change. */
function distance(one, other) {
  let row = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
    }
    row = next;
  }
  return row.at(-1);
}

const all = () => COMMANDS.flatMap((row) => row[0].map((name) => [name, row]));

function nearest(name) {
  const [found] = all().map(([own]) => [distance(name, own), own]).sort((a, b) => a[0] - b[0]);
  return found[0] <= 2 && found[0] < name.length ? `Did you mean /${found[1]}? ` : '/help shows the commands. ';
}

/** The names of commands that begin with `part`. */
export const beginning = (part) => COMMANDS.map((row) => row[0][0]).filter((name) => name.startsWith(part));

/**
 * Does what a typed line means. `more` is {to, reply}. Gives back null, or why it was refused: then the text shall stay
 * where it was typed.
 */
export function enter(state, text, more = {}) {
  const is_command = text.startsWith('/') && !text.startsWith('//') && !text.includes('\n');
  try {
    if (is_command) command(state, text.slice(1));
    else speak(state, text.startsWith('//') ? text.slice(1) : text, more);
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.message;
    throw error;
  }
}

function command(state, line) {
  const [, name, rest] = /^(\S*)\s*(.*)$/s.exec(line);
  const row = all().find(([own]) => own === name.toLowerCase())?.[1];
  if (!row) throw new Refused(`Unknown command /${name}. ${nearest(name.toLowerCase())}Nothing was sent.`);
  const alone = ['dm', 'me', 'to', 'say', 'clear', 'settings', 'help', 'reconnect', 'quit'];
  if (state.phase !== 'online' && !alone.includes(row[0][0])) throw new Refused('There is no connection at the moment.');
  row[3](state, rest);
}

function speak(state, text, { to, reply }) {
  const here = state.here();
  if (!to && !here) throw new Refused('No room yet. Join one first, or write to somebody.');
  if (!to && here.kind === 'server') throw new Refused('Nobody listens here. Go to a room, or write to somebody.');
  if (!to && here.kind === 'room' && !here.joined && state.phase === 'online') throw new Refused(`You are not in ${here.name}. /join ${here.name} enters it.`);
  if (to && /[\s,]/.test(to)) throw new Refused('One name only in the field "to".');
  say(state, to || here.name, text, { reply: to ? undefined : reply });
  if (to && !state.isMe(to) && here && !here.is(to)) state.tell(`Only to ${to}: ${text}`);
}
