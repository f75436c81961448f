// The list of rooms and people with what is unread, and one's own line below it.

import { colour, fold, tame } from '../model/names.js';
import { el, find, iconButton } from './dom.js';
import { Keyed, once } from './keyed.js';

/** Members that are shown; more would make the page slow. */
const MOST = 1000;

const STATUS = { connecting: 'connecting …', greeting: 'signing in …', waiting: 'offline', online: '', out: '' };

function badge(room) {
  if (!room.unread) return null;
  const count = room.unread > 99 ? '99+' : String(room.unread);
  const words = room.mentions ? `${room.unread} unread, ${room.mentions} for you` : `${room.unread} unread`;
  return el('span', { class: room.mentions ? 'badge for-me' : 'badge' },
    el('span', { 'aria-hidden': 'true', textContent: room.mentions && room.kind === 'room' ? `@${count}` : count }),
    el('span', { class: 'unseen', textContent: ` ${words}` }));
}

function awayOf(state, room) {
  const member = [...state.rooms.values()].map((one) => one.member(room.name)).find(Boolean);
  if (member) return member.away ? 'away' : 'here';
  return 'unknown';
}

function entry(state, room, acts) {
  const is_here = room === state.here();
  const sign = room.kind === 'person'
    ? el('span', { class: `dot ${awayOf(state, room)}`, title: { away: 'away', here: 'here', unknown: '' }[awayOf(state, room)], 'aria-hidden': 'true' })
    : el('span', { class: 'hash', 'aria-hidden': 'true', textContent: room.kind === 'room' ? '#' : '*' });
  const name = room.kind === 'server' ? 'Server' : room.kind === 'room' ? tame(room.name.slice(1)) : tame(room.name);
  const classes = ['room', is_here && 'here', room.unread && 'unread', room.kind === 'room' && !room.joined && 'out'];
  return el('li', {}, el('button', {
    type: 'button', class: classes.filter(Boolean).join(' '), 'aria-current': is_here ? 'page' : null, onclick: () => acts.go(room.name),
    title: room.kind === 'room' && !room.joined ? 'You are not in this room' : '',
  }, sign, el('span', { class: 'room-name', textContent: name }), badge(room)),
  room.kind === 'room' ? null : iconButton('close', `Close ${name}`, () => acts.leave(room.name), { class: 'room-close' }));
}

const lists = new Map();

/** A heading with its list; made once. */
function group(title, button) {
  const list = el('ul', { 'aria-label': title });
  lists.set(title, new Keyed(list));
  return el('section', { class: 'group' }, el('div', { class: 'group-head' }, el('h2', { textContent: title }), button), list);
}

const row = (state, room, acts) => ({
  key: room.kind + room.name,
  sign: [room === state.here(), room.joined, room.unread, room.mentions, room.kind === 'person' && awayOf(state, room)].join(),
  make: () => entry(state, room, acts),
});

function me(state, acts) {
  const account = !state.account ? 'guest' : fold(state.account) === fold(state.nick) ? 'logged in' : `account ${tame(state.account)}`;
  return [
    el('button', { type: 'button', class: 'me-name', 'aria-haspopup': 'menu', onclick: (event) => acts.own(event.currentTarget), title: 'You: name, account, away' },
      el('span', { class: `avatar b${colour(state.nick)}`, 'aria-hidden': 'true', textContent: [...tame(state.nick)][0]?.toUpperCase() ?? '?' }),
      el('span', { class: 'me-words' }, el('b', { textContent: tame(state.nick) }), el('span', { textContent: state.away ? `away: ${tame(state.away)}` : account }))),
    state.is_operator || state.may_administer ? iconButton('shield', 'Operator’s page', acts.operator) : null,
    iconButton('gear', 'Settings', acts.settings),
    iconButton('help', 'Help and keys', acts.help),
    iconButton('exit', 'Leave the server', acts.quit),
  ].filter(Boolean);
}

export function drawSidebar(state, acts) {
  const all = state.ordered();
  find('#network').textContent = tame(state.network || 'chat');
  find('#status').textContent = STATUS[state.phase] ?? '';
  const rooms = all.filter((room) => room.kind !== 'person');
  const people = all.filter((room) => room.kind === 'person');
  if (!lists.size) {
    find('#rooms').replaceChildren(group('Rooms', iconButton('plus', 'Join or find a room', acts.rooms)), group('Direct messages', iconButton('plus', 'Write to somebody', acts.write)));
  }
  lists.get('Rooms').draw(rooms.map((room) => row(state, room, acts)));
  lists.get('Direct messages').draw(people.map((room) => row(state, room, acts)));
  once(find('#me'), [state.nick, state.account, state.away, state.is_operator, state.may_administer].join(), () => me(state, acts));
  const unread = all.reduce((sum, room) => sum + (room.kind === 'person' ? room.unread : room.mentions), 0);
  const any = all.some((room) => room.unread);
  const here = state.here();
  document.title = `${unread ? `(${unread}) ` : any ? '• ' : ''}${here && state.phase !== 'out' ? `${tame(here.name)} – ` : ''}${tame(state.network || 'chat')}`;
}

/** What stands above the log. */
export function drawHead(state, acts) {
  const room = state.here();
  const name = !room ? 'Welcome' : room.kind === 'server' ? 'Server' : tame(room.name);
  find('#place-name').textContent = name;
  const topic = find('#place-topic');
  const about = { room: room?.topic ? tame(room.topic) : 'No topic', person: 'Only you two see this', server: 'What the server tells' }[room?.kind] ?? 'Join a room, or write to somebody';
  topic.textContent = about;
  topic.title = room?.kind === 'room' ? `${about} – change the topic` : '';
  topic.disabled = room?.kind !== 'room';
  topic.onclick = acts.topic;
  const count = room?.members.size ?? 0;
  once(find('#head-buttons'), [name, room?.kind, room?.joined, count, acts.membersShown()].join(), () => [
    room && room.kind !== 'server' && iconButton('search', 'Search (Ctrl+Shift+F)', acts.search),
    room && room.kind !== 'server' && iconButton('file', 'Files here', acts.files),
    room?.kind === 'room' && el('button', { type: 'button', class: 'count', 'aria-label': `${count} here: show who`, title: 'Who is here', 'aria-expanded': String(acts.membersShown()), onclick: acts.members }, iconPeople(), String(count)),
    room?.kind === 'room' && iconButton('more', `More about ${name}`, (event) => acts.more(event.currentTarget), { class: 'heavy' }),
    room?.kind === 'room' && iconButton('exit', room.joined ? `Leave ${name}` : `Close ${name}`, () => acts.leave(room.name)),
  ].filter(Boolean));
}

const iconPeople = () => iconButton('people', '', null).firstChild;

/** Who is in the room. */
export function drawMembers(state, acts) {
  const room = state.here();
  const panel = find('#members');
  const is_shown = room?.kind === 'room' && acts.membersShown();
  panel.hidden = !is_shown;
  if (!is_shown) return;
  const ranks = state.support.ranks();
  const words = { '~': 'founder', '&': 'protected', '@': 'operator', '%': 'half-operator', '+': 'voice' };
  if (!panel.keyed) {
    const list = el('ul', { 'aria-labelledby': 'members-title' });
    panel.keyed = new Keyed(list);
    panel.replaceChildren(
      el('div', { class: 'group-head' }, el('h2', { id: 'members-title' }), iconButton('plus', 'Invite somebody', acts.invite), iconButton('close', 'Close the list', () => acts.members())), list,
      el('p', { class: 'hint', id: 'members-more' }));
  }
  find('#members-title').textContent = `Here: ${room.members.size}`;
  const signs = state.support.ranks().map(([, sign]) => sign);
  const shown = room.sorted(signs).slice(0, MOST);
  panel.keyed.draw(shown.map((member) => ({ key: member.nick, sign: `${member.ranks} ${member.away} ${member.account}`, make: () => memberRow(member, acts) })));
  find('#members-more').textContent = room.members.size > MOST ? `and ${room.members.size - MOST} more` : '';
}

const RANKS = { '~': 'founder', '&': 'protected', '@': 'operator', '%': 'half-operator', '+': 'voice' };

function memberRow({ nick, ranks, away, account }, acts) {
  const sign = ranks[0] ?? '';
  const hints = [RANKS[sign], away && 'away', account && 'has an account'].filter(Boolean);
  return el('li', {}, el('button', { type: 'button', class: `member ${away ? 'is-away' : ''}`, title: hints.join(', '), onclick: (event) => acts.person(nick, event.currentTarget) },
    el('span', { class: `dot ${away ? 'away' : 'here'}`, 'aria-hidden': 'true' }),
    el('span', { class: `member-name n${colour(nick)}`, textContent: tame(nick) }),
    sign && el('span', { class: 'rank', title: RANKS[sign], 'aria-label': RANKS[sign], textContent: sign }),
    away && el('span', { class: 'mark', textContent: 'away' })));
}

/** Who is typing here. */
export function drawTyping(state) {
  const room = state.here();
  const names = room ? [...room.typing].filter(([, until]) => until > state.now).map(([nick]) => tame(nick)) : [];
  const words = names.length > 3 ? 'Several people are typing …' : names.length > 1 ? `${names.join(', ')} are typing …` : names.length ? `${names[0]} is typing …` : '';
  find('#typing').textContent = words;
}
