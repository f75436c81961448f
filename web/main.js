// The page: starts everything, draws what changed, and does what the state asks of the browser.

import { makeActs } from './acts.js';
import { listen } from './keys.js';
import { resend, say, waiting } from './model/outbox.js';
import * as history from './model/history.js';
import { fold, tame } from './model/names.js';
import { Session } from './session.js';
import { kept } from './store.js';
import { Composer } from './view/composer.js';
import * as dialogs from './view/dialogs.js';
import { confirm, toast } from './view/dialog.js';
import { el, find, icon } from './view/dom.js';
import { Log } from './view/log.js';
import { SignIn } from './view/signin.js';
import { drawHead, drawMembers, drawSidebar, drawTyping } from './view/sidebar.js';
import { Files } from './transfers/files.js';
import { notify, permit } from './view/notify.js';

const session = new Session(kept.all().settings ?? {}, { call, draw });
const { state } = session;
const page = { closeSide, composer: null, log: null, toEnd, quit, operator, toggleMembers, membersShown, set, upload: (list, to) => transfers.upload(list, to), files: () => transfers.show(state.here()),
  download: (file) => transfers.download(file), saveAs: (file) => transfers.saveAs(file), bytes: (path) => transfers.bytes(path) };
const acts = makeActs(session, page);
page.composer = new Composer(state, acts);
page.log = new Log(state, acts);
const signin = new SignIn(enter);
const transfers = new Files(session, acts);

const phone = matchMedia('(max-width: 760px)');

function enter(who) {
  kept.put({ nick: who.nick });
  session.enter(who);
}

function draw(parts) {
  const has = (...names) => names.some((name) => parts.has(name));
  if (state.phase === 'out') return;
  if (has('rooms', 'phase', 'current')) drawSidebar(state, acts);
  if (has('head', 'current', 'phase', 'rooms')) drawHead(state, acts);
  if (has('members', 'current')) drawMembers(state, acts);
  if (has('members', 'current', 'phase', 'head')) page.composer.draw();
  if (has('typing', 'current')) drawTyping(state);
  if (has('log', 'current', 'phase')) page.log.draw();
  if (has('log', 'phase')) kept.putUnsent(waiting(state));
}

const CALLS = {
  problem(what) {
    if (state.phase === 'online') return session.run(() => state.tell(what.text, 'error'));
    session.connection.close();
    state.phase = 'out';
    signin.show(state.signin?.nick);
    return signin.problem(what.text, what);
  },
  online() {
    signin.hide();
    session.connection.settled();
    banner();
    if (state.settings.rooms) state.again.push(...state.settings.rooms.filter((name) => !state.again.includes(name)));
    state.settings.rooms = null;
    page.composer.draw();
    page.composer.focus();
    if (location.hash === '#operator') operator();
  },
  lost(what) {
    if ((what.was === 'connecting' || what.was === 'greeting') && !state.rooms.size) {
      session.connection.close();
      state.phase = 'out';
      signin.show(state.signin.nick);
      return signin.problem(navigator.onLine ? 'The server does not answer. Is it running, and does this address lead to it?' : 'This device is offline. Come in when it is back.');
    }
    return countdown(Date.now() + what.wait, what.reason);
  },
  out(what) {
    session.leave(null);
    signin.show(state.nick);
    signin.problem(what.text);
  },
  settled(what) {
    const room = state.room(what.room);
    if (room) session.run(() => resend(state, room));
    unsent();
    acts.seen();
  },
  begin: (what) => session.run(() => history.begin(state, state.room(what.room))),
  loggedin: () => Object.assign(state.signin, session.proof),
  loggedout: () => Object.assign(state.signin, { password: '' }),
  joined: () => kept.put({ rooms: [...state.rooms.values()].filter((room) => room.joined).map((room) => room.name) }),
  renamed(what) {
    state.signin.nick = what.nick;
    kept.put({ nick: what.nick });
  },
  registered(what) {
    Object.assign(state.signin, session.proof, { account: what.account });
    toast(`${what.account} is yours now.`);
  },
  invited: (what) => toast(`${tame(what.by)} asks you into ${tame(what.room)}.`, 'info', ['Enter', () => acts.join(what.room)]),
  notify: (what) => notify(state, what, acts),
  seen: () => acts.seen(),
  show: (what) => setTimeout(() => page.log.show(what.msgid), 60),
  toast: (what) => toast(what.text, what.kind),
  whois: (what) => dialogs.whois(what.nick, what.rows),
  choose: () => page.composer.files.click(),
  quit: (what) => quit(what.reason),
  operator: () => operator(),
  reconnect: () => session.connection.retry(),
  refused: () => {},
  failed: () => {},
  dialog(what) {
    const { name } = what;
    if (name === 'members') toggleMembers(true);
    else if (name === 'files') acts.files();
    else if (name === 'rooms') acts.rooms(what.pattern);
    else if (name === 'search') acts.search(what.text);
    else dialogs[name]?.(state, acts, what.text);
  },
};

function call(what) {
  CALLS[what.do]?.(what);
}

/** What was written before the page was loaded again, and did not get out. */
function unsent() {
  const list = page.unsent ?? [];
  page.unsent = [];
  session.run(() => list.forEach(({ target, text, reply, is_act }) => say(state, target, text, { reply, is_act })));
}

function banner(...children) {
  const node = find('#banner');
  node.hidden = !children.length;
  node.replaceChildren(...children);
}

/** The pause until the next try, counted down where one looks; it is the timer that is used. Only the words are read out. */
function countdown(until, reason) {
  clearInterval(countdown.timer);
  const left = el('span', { 'aria-hidden': 'true' });
  const why = reason ? ` (${tame(reason)})` : '';
  banner(`✗ The connection is lost${why}. You can go on writing. `, left, el('button', { type: 'button', class: 'quiet', onclick: () => session.connection.retry() }, 'Try now'));
  const tick = () => {
    const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
    left.textContent = seconds ? `Next try in ${seconds} s.` : 'Trying now …';
    if (state.phase !== 'waiting') clearInterval(countdown.timer);
  };
  countdown.timer = setInterval(tick, 1000);
  tick();
}

function toEnd(is_at_end) {
  const button = find('#to-end');
  const room = state.here();
  button.hidden = !room || (is_at_end && room.live);
  button.replaceChildren(icon('down'), room?.live === false ? 'Back to now' : room?.unread ? `${room.unread} new` : 'Newest');
}

function closeSide() {
  find('#app').classList.remove('side-open');
  find('#open-side').setAttribute('aria-expanded', 'false');
  if (phone.matches) toggleMembers(false);
  shade();
}

function shade() {
  find('#shade').hidden = !phone.matches || !(find('#app').classList.contains('side-open') || membersShown());
}

function membersShown() {
  return phone.matches ? Boolean(page.members_phone) : state.settings.members !== 'off';
}

function toggleMembers(is_shown = !membersShown()) {
  if (phone.matches) page.members_phone = is_shown;
  else if (is_shown !== membersShown()) set('members', is_shown ? 'on' : 'off');
  session.run(() => state.touch('members', 'head'));
  shade();
}

function set(key, value) {
  state.settings[key] = value;
  const { rooms, ...settings } = state.settings;
  kept.put({ settings });
  look();
  if (key === 'notify' && value === 'on') permit(() => set('notify', 'off'));
  session.run(() => state.touch('log', 'members', 'head', 'current'));
}

function look() {
  document.documentElement.dataset.theme = state.settings.theme ?? 'auto';
  document.documentElement.dataset.size = state.settings.size ?? 'normal';
  document.documentElement.dataset.presence = state.settings.presence ?? 'on';
}

function quit(reason) {
  const go = () => {
    session.leave(reason || 'Leaving');
    state.settings.rooms = kept.all().rooms ?? null;
    signin.show(state.nick);
  };
  if (state.outbox.size) confirm('Leave?', `${state.outbox.size} of your messages are not sent yet and would be lost.`, 'Leave', go);
  else go();
}

async function operator() {
  const module = await import('./operator/page.js').catch(() => null);
  if (!module) return toast('There is no operator’s page on this server.', 'error');
  return module.open({ state, ask: (command, params, then) => session.run(() => state.ask(command, params, then)), acts });
}

function listenToPage() {
  find('#open-side').append(icon('menu'));
  find('#side-close').append(icon('close'));
  find('#side-close').onclick = closeSide;
  find('#shade').onclick = closeSide;
  find('#open-side').onclick = () => {
    find('#app').classList.add('side-open');
    find('#open-side').setAttribute('aria-expanded', 'true');
    shade();
    find('.room.here')?.focus();
  };
  find('#to-end').onclick = () => {
    if (state.here()?.live === false) acts.present();
    page.log.at_end = true;
    page.log.toEnd();
    acts.atEnd(true);
  };
  phone.addEventListener('change', () => session.run(() => {
    shade();
    state.touch('members', 'head');
  }));
  const looks = () => {
    state.is_looking = !document.hidden && document.hasFocus();
    if (state.is_looking) acts.seen();
  };
  ['focus', 'blur'].forEach((name) => addEventListener(name, looks));
  document.addEventListener('visibilitychange', looks);
  state.is_looking = !document.hidden;
  // Closing the window leaves the server, and the others are told at once.
  addEventListener('pagehide', () => session.connection.socket && session.connection.send('QUIT :Closed the window'));
  addEventListener('beforeunload', (event) => (state.outbox.size || transfers.busy()) && event.preventDefault());
  addEventListener('hashchange', () => location.hash === '#operator' && operator());
}

listenToPage();
listen(state, acts, page);
transfers.listen();
look();
state.settings.rooms = kept.all().rooms ?? null;
page.unsent = kept.unsent().filter(({ target, text }) => typeof target === 'string' && typeof text === 'string');
signin.show(kept.all().nick ?? '');
if ('serviceWorker' in navigator) import('./offline.js').then((module) => module.start?.(), () => {});
