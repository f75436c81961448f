// All that one can do at the page, as the views call it. Each changes the state or opens a dialog.

import * as dialogs from './view/dialogs.js';
import { enter } from './model/commands.js';
import { itemOf } from './model/hear/said.js';
import * as history from './model/history.js';
import { forget, say, transmit } from './model/outbox.js';
import { fold } from './model/names.js';
import { menu } from './view/dialog.js';
import { signs } from './view/signs.js';

const TYPING_EVERY = 3000;

export function makeActs(session, page) {
  const { state } = session;
  const run = (change) => session.run(change);
  const here = () => state.here();
  let typed = { at: 0, target: '' };

  const acts = {
    go: (name) => {
      run(() => state.go(name));
      page.closeSide();
      page.composer.focus();
      acts.seen();
      if (here() && !here().past.begun) run(() => history.begin(state, here()));
    },
    enter: (text, more) => run(() => enter(state, text, more)),
    command: (text) => {
      const refused = run(() => enter(state, text));
      if (refused) run(() => state.tell(refused, 'error'));
      return refused;
    },
    send: (...line) => {
      run(() => state.send(...line));
      return null;
    },
    join: (name) => acts.command(`/join ${name}`),
    talk: (name) => {
      run(() => state.open(name, 'person'));
      acts.go(name);
    },
    leave: (name) => {
      const room = state.room(name);
      if (room?.kind === 'room' && room.joined) acts.send('PART', [room.name]);
      else run(() => state.drop(name));
    },
    older: () => here() && run(() => history.older(state, here())),
    newer: () => here() && run(() => history.newer(state, here())),
    present: () => run(() => history.present(state, here())),
    found: (name, msgid) => {
      acts.go(name);
      run(() => history.around(state, state.room(name), msgid));
    },
    jump: (msgid) => page.log.show(msgid) || run(() => history.around(state, here(), msgid)),
    find: (query, then) => run(() => history.search(state, query, (lines, failed) => then(lines.map((line) => {
      const one = line.command === 'BATCH' ? { ...line, command: 'PRIVMSG', params: [line.params[0], line.lines.map((part) => part.params[1]).join('\n')] } : line;
      return itemOf(state, one);
    }).filter(Boolean), failed))),
    /** Who is online, as far as one may know. */
    online: (each, done) => run(() => state.ask('WHO', ['*', '%tnf,8'], (lines) => {
      lines.filter(({ command, params }) => command === '354' && params[1] === '8').forEach(({ params }) => each(params[2], params[3]?.startsWith('G')));
      done();
    })),
    list: (then) => run(() => state.ask('LIST', [], (lines) => {
      const told = lines.filter((line) => line.command === '322').map(({ params }) => ({ name: params[1], count: Number(params[2]), topic: params[3] ?? '' }));
      state.listed = told.sort((one, other) => other.count - one.count);
      then();
    })),

    seen: () => {
      const room = here();
      if (room && state.is_looking && page.log.at_end && room.past.begun && !room.past.loading) run(() => history.read(state, room));
    },
    atEnd: (is_at_end) => {
      state.is_at_end = is_at_end;
      page.toEnd(is_at_end);
      if (is_at_end) acts.seen();
    },
    drawn: () => {
      page.toEnd(page.log.at_end);
      acts.seen();
    },

    reply: (thing) => page.composer.reply(thing),
    react: (thing, sign, is_mine) => acts.send('TAGMSG', [here().name], { [is_mine ? '+draft/unreact' : '+draft/react']: sign, '+draft/reply': thing.msgid }),
    pick: (thing, at) => signs(at, (sign) => acts.react(thing, sign, thing.reactions.get(sign)?.has(fold(state.nick)))),
    emoji: (at) => signs(at, (sign) => page.composer.put(sign)),
    mayRemove: (thing) => state.caps.has('draft/message-redaction') && (thing.mine || /[~&@%]/.test(here()?.member(state.nick)?.ranks ?? '') || state.is_operator),
    remove: (thing) => dialogs.remove(state, acts, here(), thing),
    again: (entry) => run(() => {
      entry.id = state.unique();
      transmit(state, entry);
      state.touch('log');
    }),
    discard: (entry) => {
      run(() => forget(state, entry));
      page.composer.put(entry.text);
    },
    say: (target, text) => run(() => say(state, target, text)),

    typing: (how, to) => {
      const target = to || here()?.name;
      if (!target || state.settings.typing === 'off' || state.phase !== 'online' || here()?.kind === 'server') return;
      const is_again = typed.target === target && Date.now() - typed.at < TYPING_EVERY;
      if (how === 'active' && is_again) return;
      if (how !== 'active' && (typed.target !== target || how === 'sent')) {
        typed = { at: 0, target: '' };
        return;
      }
      typed = how === 'active' ? { at: Date.now(), target } : { at: 0, target: '' };
      run(() => state.ask('TAGMSG', [target], () => {}, { '+typing': how }));
    },

    person: (nick, at) => menu(at, dialogs.person(state, acts, nick), nick),
    mention: (nick) => page.composer.put(`${nick}: `),
    own: (at) => menu(at, [
      ['Change the name …', () => dialogs.rename(state, acts)],
      state.away ? ['I am back', () => acts.command('/back')] : ['Away …', () => dialogs.away(state, acts)],
      null,
      ...(state.account
        ? [['Devices logged in', () => acts.send('NICKSERV', ['SESSIONS'])], ['Log out', () => acts.command('/logout')]]
        : [['Make the name mine …', () => dialogs.register(state, acts)], ['Log in …', () => dialogs.login(state, acts)]]),
    ], state.nick),
    register: (password) => {
      if (!state.caps.has('draft/account-registration')) return 'This server makes accounts only over https, or on its own machine.';
      session.proof = { password };
      return acts.send('REGISTER', ['*', '*', password]);
    },
    login: (account, password) => {
      if (!state.caps.has('sasl')) return 'This server takes passwords only over https, or on its own machine.';
      session.login(state.caps.offered.get('sasl'), account, password);
      return null;
    },

    rooms: (pattern) => dialogs.rooms(state, acts, typeof pattern === 'string' ? pattern : ''),
    write: () => dialogs.write(state, acts),
    invite: () => dialogs.invite(state, acts, here()),
    topic: () => here()?.kind === 'room' && dialogs.topic(state, acts, here()),
    more: (at) => menu(at, [
      ['Change the topic …', acts.topic],
      ['Invite somebody …', acts.invite],
      ['Files here', acts.files],
      ['Clear what is shown', () => acts.command('/clear')],
      null,
      ['Leave the room', () => acts.leave(here().name)],
    ], here().name),
    search: (text) => here() && dialogs.search(state, acts, here(), typeof text === 'string' ? text : ''),
    settings: () => dialogs.settings(state, acts),
    help: () => dialogs.help(),
    switcher: () => dialogs.switcher(state, acts),
    quit: (reason) => page.quit(typeof reason === 'string' ? reason : ''),
    operator: () => page.operator(),
    members: () => page.toggleMembers(),
    membersShown: () => page.membersShown(),
    set: (key, value) => page.set(key, value),

    showsPictures: () => state.settings.pictures !== 'off',
    mayUpload: () => state.support.has('draft/FILEHOST') || state.support.has('soju.im/FILEHOST'),
    upload: (files, to) => page.upload(files, to || here()?.name),
    files: () => page.files(),
    download: (file) => page.download(file),
    bytes: (path) => page.bytes(path),
    saveAs: (file) => page.saveAs(file),
  };
  return acts;
}
