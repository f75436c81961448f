// One thing in the log, as an element of its list.

import { colour, fold, tame } from '../model/names.js';
import { clockOf, el, icon, iconButton, size, wholeOf } from './dom.js';
import { nodes, plain } from './text.js';
import { picture } from '../transfers/picture.js';

const TOGETHER = 300000;
const SAID = new Set(['say', 'act', 'notice']);

/** Whether a message stands under the one before without a head of its own. */
export function continues(before, thing) {
  if (!before || before.kind !== 'say' || thing.kind !== 'say' || before.status !== thing.status || before.redacted) return false;
  if (thing.reply || thing.to_all || before.to_all) return false;
  return before.nick === thing.nick && Date.parse(thing.time) - Date.parse(before.time) < TOGETHER;
}

const time = (thing) => el('time', { dateTime: thing.time, title: wholeOf(thing.time), textContent: clockOf(thing.time) });

/** A nick as a button that opens what can be done with that person. */
function nickButton(nick, acts, account) {
  const title = account && fold(account) !== fold(nick) ? `${nick}, account ${account}` : nick;
  return el('button', { type: 'button', class: `nick n${colour(nick)}`, title, onclick: (event) => acts.person(nick, event.currentTarget) }, tame(nick));
}

function quote(thing, room, acts) {
  if (!thing.reply) return null;
  const to = room.find(thing.reply);
  const words = to ? el('span', {}, el('b', { textContent: `${tame(to.nick ?? '')} ` }), plain(to.text || 'message removed').slice(0, 120)) : el('span', { textContent: 'an earlier message' });
  return el('button', { type: 'button', class: 'quote', title: 'Show the message this answers', onclick: () => acts.jump(thing.reply) }, icon('reply'), words);
}

function reactions(thing, me, acts) {
  if (!thing.reactions.size) return null;
  const chips = [...thing.reactions].map(([sign, who]) => {
    const names = [...who.values()].map(tame).join(', ');
    const is_mine = who.has(fold(me));
    return el('button', {
      type: 'button', class: 'chip', 'aria-pressed': String(is_mine), title: names, 'aria-label': `${sign} ${who.size}: ${names}`,
      onclick: () => acts.react(thing, sign, is_mine),
    }, sign, el('span', { textContent: String(who.size) }));
  });
  return el('div', { class: 'chips' }, ...chips);
}

function file(thing, acts) {
  const { name, bytes } = thing.file;
  const card = el('div', { class: 'file' },
    icon('file'),
    el('span', { class: 'file-words' }, el('b', { textContent: name }), el('span', { textContent: size(bytes) })),
    el('button', { type: 'button', class: 'quiet', onclick: () => acts.download(thing.file) }, 'Download'),
    iconButton('down', `Download ${name} under another name`, () => acts.saveAs(thing.file)));
  return el('div', { class: 'files' }, picture(thing.file, acts), card);
}

function tools(thing, acts) {
  if (!thing.msgid || thing.redacted) return null;
  return el('div', { class: 'tools' },
    iconButton('smile', 'React', (event) => acts.pick(thing, event.currentTarget)),
    iconButton('reply', 'Reply', () => acts.reply(thing)),
    acts.mayRemove(thing) ? iconButton('trash', 'Remove this message', () => acts.remove(thing)) : null);
}

function words(thing, me) {
  if (thing.redacted) {
    const { by, reason } = thing.redacted;
    return el('p', { class: 'removed', textContent: `removed by ${tame(by)}${reason ? `: ${plain(reason)}` : ''}` });
  }
  const lead = thing.kind === 'act' ? [el('em', { textContent: `${tame(thing.nick)} ` })] : [];
  return el('p', { class: thing.kind === 'act' ? 'words act' : 'words', dir: 'auto' }, ...lead, ...nodes(thing.text, me));
}

function saidItem(thing, before, room, me, acts) {
  const is_more = continues(before, thing);
  const marks = [
    thing.to_all && 'to everybody',
    thing.status && `to ${thing.status} only`,
    thing.kind === 'notice' && (thing.is_server ? 'server' : 'notice'),
  ].filter(Boolean);
  const head = el('div', { class: 'item-head' }, thing.is_server ? el('b', { class: 'nick', textContent: tame(thing.nick) }) : nickButton(thing.nick, acts, thing.account),
    ...marks.map((mark) => el('span', { class: 'mark', textContent: mark })), time(thing));
  const body = [quote(thing, room, acts), thing.file && !thing.redacted ? file(thing, acts) : words(thing, me), reactions(thing, me, acts)];
  const classes = ['item', is_more && 'more', thing.mention && 'mention', thing.mine && 'mine', thing.kind === 'notice' && 'notice'];
  const node = el('li', { class: classes.filter(Boolean).join(' '), tabIndex: -1 });
  if (is_more) node.append(el('span', { class: 'margin' }, time(thing)), el('span', { class: 'unseen', textContent: `${thing.nick}: ` }));
  else node.append(el('span', { class: `avatar b${colour(thing.nick)}`, 'aria-hidden': 'true', textContent: [...tame(thing.nick)][0]?.toUpperCase() ?? '?' }));
  node.append(el('div', { class: 'item-body' }, is_more ? null : head, ...body.filter(Boolean)));
  if (thing.msgid) node.dataset.msgid = thing.msgid;
  const own = tools(thing, acts);
  if (own) node.append(own);
  return node;
}

/** `+carol +dave −erin`, each with what happened in words for those who hear it. */
function presenceItem(thing) {
  const parts = thing.moves.map(({ how, nick, reason }) => {
    const title = how === '+' ? `${nick} came in` : `${nick} left${reason ? `: ${plain(reason)}` : ''}`;
    return el('span', { class: how === '+' ? 'came' : 'went', title }, el('span', { class: 'unseen', textContent: how === '+' ? 'came in: ' : 'left: ' }),
      el('span', { 'aria-hidden': 'true', textContent: how === '+' ? '→ ' : '← ' }), tame(nick), reason && thing.moves.length === 1 ? ` (${plain(reason)})` : '', ' ');
  });
  return el('li', { class: 'item line presence' }, el('span', { class: 'margin' }, time(thing)), el('p', {}, ...parts));
}

/** The element of an item. `before` is what stands above it. */
export function itemNode(thing, before, room, me, acts) {
  if (SAID.has(thing.kind)) return saidItem(thing, before, room, me, acts);
  if (thing.kind === 'presence') return presenceItem(thing);
  return el('li', { class: `item line ${thing.kind}` }, el('span', { class: 'margin' }, time(thing)),
    el('p', { class: 'words' }, thing.kind === 'error' ? el('b', { textContent: '✗ ' }) : null, ...nodes(thing.text)));
}

/** What waits for the echo, or was refused: looks as it will when it is there. */
export function pendingNode(entry, before, room, state, acts) {
  const how = entry.failed !== undefined ? 'failed' : state.phase === 'online' ? 'sending' : 'waiting';
  const label = { failed: `✗ not sent: ${entry.failed}`, sending: 'sending …', waiting: 'waits for the connection' }[how];
  const buttons = how === 'sending' ? [] : [
    how === 'failed' ? el('button', { type: 'button', class: 'quiet', onclick: () => acts.again(entry) }, 'Try again') : null,
    el('button', { type: 'button', class: 'quiet', onclick: () => acts.discard(entry) }, 'Take back'),
  ];
  const node = saidItem(asItem(entry, state.nick), before, room, state.nick, acts);
  node.classList.add('pending', how);
  node.lastChild.append(el('p', { class: 'pending-state' }, label, ...buttons.filter(Boolean)));
  return node;
}

/** What waits, as the item that it will be. */
export function asItem({ text, is_act, reply, at }, nick) {
  return { kind: is_act ? 'act' : 'say', nick, text, reply, time: new Date(at).toISOString(), reactions: new Map(), mine: true, status: '' };
}
