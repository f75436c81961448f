// The dialogs: rooms, writing to somebody, accounts, settings, help, search, a person.

import { COMMANDS } from '../model/commands.js';
import { plain } from './text.js';
import { colour, fold, tame } from '../model/names.js';
import { ask, confirm, dialog, field } from './dialog.js';
import { el, find, wholeOf } from './dom.js';

/** Choosing among rows by typing and arrows: rooms, people, found messages. */
function chooser(title, label, rows, choose, more = {}) {
  const list = el('ul', { class: 'choices', role: 'listbox', id: 'choices', 'aria-label': title });
  const input = el('input', { type: 'text', autocomplete: 'off', spellcheck: false, autocapitalize: 'none', placeholder: label, 'aria-label': label, role: 'combobox',
    'aria-controls': 'choices', 'aria-expanded': 'true', value: more.value ?? '' });
  const note = el('p', { class: 'hint', role: 'status' });
  let at = 0;
  let shown = [];
  const draw = () => {
    const wanted = fold(input.value.trim());
    shown = rows().filter((row) => fold(row.find ?? row.name).includes(wanted));
    const made = more.make?.(input.value.trim());
    if (made && !shown.some((row) => fold(row.name) === fold(made.name))) shown.push(made);
    shown = shown.slice(0, 100);
    at = Math.max(0, Math.min(at, shown.length - 1));
    list.replaceChildren(...shown.map((row, index) => el('li', { role: 'option', id: `choice-${index}`, 'aria-selected': String(index === at), class: index === at ? 'choice at' : 'choice',
      onclick: () => take(row) }, el('b', { textContent: row.label ?? tame(row.name) }), el('span', { textContent: row.about ?? '' }))));
    input.setAttribute('aria-activedescendant', `choice-${at}`);
    note.textContent = shown.length ? '' : more.none ?? 'Nothing of that name.';
    list.children[at]?.scrollIntoView({ block: 'nearest' });
  };
  const take = (row) => {
    node.close();
    choose(row);
  };
  input.addEventListener('input', () => {
    at = 0;
    draw();
  });
  input.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) at = (at + step + shown.length) % shown.length;
    else if (event.key === 'Enter' && shown[at]) take(shown[at]);
    else return;
    event.preventDefault();
    if (node.open) draw();
  });
  const node = dialog(title, input, list, note, ...(more.foot ?? []));
  draw();
  input.focus();
  return { node, draw };
}

const unread = (room) => (room.unread ? `${room.unread} unread` : '');

/** Ctrl+K: goes to a room or person. */
export function switcher(state, acts) {
  const rows = () => state.ordered().sort((one, other) => other.mentions - one.mentions || other.unread - one.unread)
    .map((room) => ({ name: room.name, label: room.kind === 'server' ? 'Server' : tame(room.name), about: unread(room) }));
  chooser('Go to', 'Name of a room or person', rows, (row) => acts.go(row.name));
}

/** Rooms of the server, to join; or a new one. */
export function rooms(state, acts, pattern = '') {
  const rows = () => state.listed.map(({ name, count, topic }) => ({ name, find: `${name} ${topic}`, about: `${count} here${topic ? ` · ${tame(plain(topic))}` : ''}${state.room(name)?.joined ? ' · you are in it' : ''}` }));
  const make = (text) => {
    const name = text && (state.support.isRoom(text) ? text : `#${text}`);
    return name && !/[\s,]/.test(name) ? { name, label: `Make or join ${name}`, about: '' } : null;
  };
  const { node, draw } = chooser('Rooms', 'Find a room, or name a new one', rows, (row) => acts.join(row.name), { make, value: pattern, none: 'No rooms are listed.' });
  acts.list(() => node.open && draw());
}

/** Somebody to write to. */
export function write(state, acts) {
  const people = new Map();
  for (const room of state.rooms.values()) for (const { nick, away } of room.members.values()) if (!state.isMe(nick)) people.set(fold(nick), { name: nick, about: away ? 'away' : 'here' });
  const rows = () => [...people.values()].sort((one, other) => fold(one.name).localeCompare(fold(other.name)));
  const make = (text) => (text && !/[\s,#!@*]/.test(text) ? { name: text, label: `Write to ${tame(text)}` } : null);
  const { node, draw } = chooser('Write to somebody', 'Name', rows, (row) => acts.talk(row.name), { make, none: 'Nobody else is here.' });
  acts.online((nick, is_away) => {
    if (!state.isMe(nick)) people.set(fold(nick), { name: nick, about: is_away ? 'away' : 'here' });
  }, () => node.open && draw());
}

export function invite(state, acts, room) {
  ask(`Invite somebody into ${tame(room.name)}`, [{ name: 'nick', label: 'Name' }], 'Invite', ({ nick }) => (nick.trim() ? acts.command(`/invite ${nick.trim()} ${room.name}`) : 'Whom?'));
}

export function topic(state, acts, room) {
  ask(`Topic of ${tame(room.name)}`, [{ name: 'topic', label: 'Topic', value: room.topic, maxLength: state.support.number('TOPICLEN', 390) }], 'Set the topic',
    (values) => acts.send('TOPIC', [room.name, values.topic]));
}

export function away(state, acts) {
  ask('Away', [{ name: 'text', label: 'What shall people be told?', placeholder: 'lunch', maxLength: 200 }], 'I am away', ({ text }) => acts.command(`/away ${text}`));
}

export function rename(state, acts) {
  ask('Another name', [{ name: 'nick', label: 'Name', value: state.nick, autocapitalize: 'none', spellcheck: false }], 'Take it', ({ nick }) => acts.command(`/nick ${nick}`));
}

export function register(state, acts) {
  const nick = tame(state.nick);
  ask(`Make ${nick} yours`, [
    { name: 'password', label: 'Password', type: 'password', autocomplete: 'new-password', hint: 'Take one that you use nowhere else. Nobody else can take the name, and messages wait for you while you are away.' },
    { name: 'again', label: 'Once more', type: 'password', autocomplete: 'new-password' },
  ], 'Register', ({ password, again }) => {
    if (!password) return 'The password is missing.';
    if (password !== again) return 'They are not the same.';
    return acts.register(password);
  });
}

export function login(state, acts) {
  ask('Log in', [{ name: 'account', label: 'Account', value: state.nick, autocomplete: 'username' }, { name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' }], 'Log in',
    ({ account, password }) => (account && password ? acts.login(account, password) : 'Both are needed.'));
}

export function oper(state, acts, name = '') {
  ask('Become an operator', [{ name: 'name', label: 'Operator’s name', value: name }, { name: 'password', label: 'Password', type: 'password' }], 'Go on',
    ({ name: own, password }) => (own && password ? acts.send('OPER', [own, password]) : 'Both are needed.'));
}

export function remove(state, acts, room, thing) {
  ask('Remove this message?', [{ name: 'reason', label: 'Reason (others see it)', placeholder: 'none', maxLength: 200 }], 'Remove', ({ reason }) => {
    acts.send('REDACT', [room.name, thing.msgid, ...(reason.trim() ? [reason.trim()] : [])]);
  });
}

export function whois(nick, rows) {
  const list = rows.flatMap(([what, words]) => [el('dt', { textContent: what }), el('dd', { textContent: tame(words ?? '') })]);
  dialog(tame(nick), rows.length ? el('dl', { class: 'rows' }, ...list) : el('p', { textContent: 'Nobody of this name is here.' }));
}

export function person(state, acts, nick) {
  const room = state.here();
  const own = room?.member(state.nick)?.ranks ?? '';
  const may_run = /[~&@%]/.test(own) || state.is_operator;
  const is_in = room?.kind === 'room' && room.member(nick);
  const me = state.isMe(nick);
  return [
    !me && ['Write privately', () => acts.talk(nick)],
    !me && ['Mention here', () => acts.mention(nick)],
    ['Who is that?', () => acts.command(`/whois ${nick}`)],
    !me && is_in && may_run && null,
    !me && is_in && may_run && ['Remove from the room …', () => ask(`Remove ${tame(nick)} from ${tame(room.name)}`, [{ name: 'reason', label: 'Reason', placeholder: 'none' }], 'Remove', ({ reason }) => acts.command(`/kick ${nick} ${reason}`))],
    !me && is_in && may_run && ['Ban from the room …', () => confirm(`Ban ${tame(nick)}?`, `${tame(nick)} will be removed from ${tame(room.name)} and cannot come back under this name until /unban ${tame(nick)}.`, 'Ban', () => {
      acts.command(`/ban ${nick}`);
      acts.command(`/kick ${nick}`);
    })],
    !me && is_in && may_run && ['Let run the room', () => acts.command(`/op ${nick}`)],
    !me && null,
    !me && ['Block private messages', () => acts.command(`/block ${nick}`)],
    !me && ['Unblock', () => acts.command(`/unblock ${nick}`)],
  ].filter((row) => row !== false);
}

const CHOICES = {
  theme: ['Colours', [['auto', 'as the device'], ['light', 'light'], ['dark', 'dark']]],
  size: ['Text', [['normal', 'normal'], ['large', 'large'], ['small', 'small']]],
  pictures: ['Pictures of this server', [['on', 'show'], ['off', 'show only their names']]],
  typing: ['Tell others that I type', [['on', 'yes'], ['off', 'no']]],
  presence: ['Who comes and goes', [['on', 'show'], ['off', 'hide']]],
  notify: ['Notifications of the desktop', [['off', 'none'], ['on', 'when I am called or written to']]],
};

export function settings(state, acts) {
  const fields = Object.entries(CHOICES).map(([key, [label, choices]]) => {
    const select = el('select', { onchange: () => acts.set(key, select.value) }, ...choices.map(([value, words]) => el('option', { value, textContent: words, selected: (state.settings[key] ?? choices[0][0]) === value })));
    return field(label, select);
  });
  dialog('Settings', ...fields, el('p', { class: 'hint', textContent: 'Settings are kept in this browser. Passwords never are.' }));
}

const KEYS = [
  ['Enter', 'send'], ['Shift+Enter', 'a new line'], ['Tab', 'complete a name or a /command'], ['↑ in an empty field', 'recall what you said'],
  ['Alt+↑  Alt+↓', 'the room above, below'], ['Alt+Shift+↑  Alt+Shift+↓', 'the next with unread'], ['Ctrl+K', 'go to a room or person'], ['Ctrl+Shift+F', 'search'],
  ['Esc', 'close; to the newest message; back to writing'], ['PgUp  PgDn', 'scroll'], ['Alt+M', 'who is here'], ['Ctrl+/', 'this help'],
  ['In the messages: ↑ ↓', 'go from one to the next'], ['R  E  Del', 'there: reply, react, remove'],
];

export function help() {
  const rows = (list) => el('dl', { class: 'rows' }, ...list.flatMap(([what, words]) => [el('dt', {}, el('kbd', { textContent: what })), el('dd', { textContent: words })]));
  const node = dialog('Help',
    el('p', { textContent: 'What you write goes to everybody in the room. Name one person in the field “To” and it is private. A name with # is a room.' }),
    el('h3', { textContent: 'Keys' }), rows(KEYS),
    el('h3', { textContent: 'Commands' }), rows(COMMANDS.map(([names, usage, words]) => [`/${names[0]} ${usage}`.trim(), words])),
    el('p', { class: 'hint', textContent: 'A message that begins with // is said with one slash.' }));
  const body = find('.dialog-body', node);
  body.tabIndex = 0;
  body.focus();
}

export function search(state, acts, room, text = '') {
  const input = el('input', { type: 'search', value: text, placeholder: 'words or "a phrase"' });
  const from = el('input', { type: 'text', placeholder: 'anybody', autocapitalize: 'none' });
  const where = el('select', {}, ...[room, ...state.ordered().filter((one) => one !== room && one.kind !== 'server')].filter(Boolean).map((one) => el('option', { value: one.name, textContent: tame(one.name) })));
  const note = el('p', { class: 'hint', role: 'status' });
  const list = el('ul', { class: 'choices found-list' });
  const show = (lines, failed) => {
    note.textContent = failed ? `✗ ${failed}` : lines.length ? `${lines.length} found` : 'Nothing found.';
    list.replaceChildren(...lines.map((line) => el('li', {}, el('button', { type: 'button', class: 'choice', onclick: () => {
      node.close();
      acts.found(where.value, line.msgid);
    } }, el('span', { class: 'found-head' }, el('b', { class: `n${colour(line.nick)}`, textContent: tame(line.nick) }), el('time', { textContent: wholeOf(line.time) })), el('span', { textContent: plain(line.text) })))));
  };
  const node = dialog('Search', el('form', { class: 'search', onsubmit: (event) => {
    event.preventDefault();
    if (!input.value.trim()) return;
    note.textContent = 'Looking …';
    acts.find({ in: where.value, from: from.value.trim(), text: input.value.trim(), limit: 50 }, show);
  } }, field('Words', input), el('div', { class: 'pair' }, field('In', where), field('From', from)), el('button', { type: 'submit', class: 'primary' }, 'Search')), note, list);
  input.focus();
  if (text) find('form', node).requestSubmit();
}
