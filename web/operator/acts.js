// What an operator does to people: each act asks in a dialog first, with the reason, and shows who would be hit.

import { dialog, field } from '../view/dialog.js';
import { el } from '../view/dom.js';
import { request, why } from './words.js';

const LONGEST = 350;
const TERMS = [['10m', '10 minutes'], ['1h', 'an hour'], ['1d', 'a day'], ['7d', 'a week'], ['30d', '30 days'], ['perm', 'for ever']];

const text = (name, fields = {}) => el('input', { name, type: 'text', autocomplete: 'off', maxLength: LONGEST, ...fields });
const tick = (name, label) => el('label', { class: 'tick' }, el('input', { name, type: 'checkbox' }), ` ${label}`);
const terms = () => el('select', { name: 'duration' }, ...TERMS.map(([value, label]) => el('option', { value }, label)));
const count = (many, what) => `${many} ${what}${many === 1 ? '' : 's'}`;
const reason = () => field('Reason, as they are told', text('reason'));
const whom = (known, label) => field(label, text('target', { value: known, required: true, readOnly: Boolean(known) }));

function hits(data) {
  const { matches = [], risks = [] } = data;
  const names = matches.slice(0, 10).map((user) => (user.account && user.account !== user.name ? `${user.name} (${user.account})` : user.name));
  const more = matches.length > 10 ? ` and ${matches.length - 10} more` : '';
  const who = matches.length ? `It hits ${count(matches.length, 'connected user')}: ${names.join(', ')}${more}.` : 'It hits nobody who is connected now.';
  return [who, ...risks.map((risk) => `${risk}.`)].join(' ');
}

function until(data) {
  return data.until ? `until ${new Date(data.until).toLocaleString(undefined, { hourCycle: 'h23' })}` : 'for ever';
}

/** Name to {title, does, parts(row), line(values, row), look?, done(data)}. `look`: first shows who would be hit. */
const ACTS = {
  kick: {
    title: (user) => `Disconnect ${user.name}`,
    does: 'Disconnect',
    parts: () => [reason(), tick('all-sessions', 'Also what is logged in to their account under other names')],
    line: (values, user) => request('kick', { reason: values.reason, 'all-sessions': values['all-sessions'] }, [user.name]),
    done: (data) => `Disconnected ${data.kicked.map((user) => user.name).join(', ')}. They may return.`,
  },
  ban: {
    title: () => 'Ban',
    does: 'Ban',
    parts: (row) => [whom(row.name ?? '', 'Name, account, address, network or ~mask'), field('For how long', terms()), reason(),
      tick('kick', 'Disconnect those who are connected')],
    line: (values) => request('ban', { duration: values.duration, reason: values.reason, kick: values.kick, ...values.more }, [values.target]),
    look: true,
    done: (data) => `Ban ${data.id} on ${data.target}, ${until(data)}.`,
  },
  mute: {
    title: () => 'Mute',
    does: 'Mute',
    parts: (row) => [whom(row.name ?? '', 'Name, account, address, network, ~mask or room'), field('For how long', terms()), reason()],
    line: (values) => request('mute', { duration: values.duration, reason: values.reason, ...values.more }, [values.target]),
    look: true,
    done: (data) => `Mute ${data.id} on ${data.target}, ${until(data)}.`,
  },
  undo: {
    title: (row) => `Lift ${row.id}`,
    does: 'Lift',
    parts: (row) => [el('p', {}, `The ${row.kind} of ${row.target}, made by ${row.by}, ends now.`)],
    line: (values, row) => request('undo', {}, [row.id]),
    done: (data, row) => `Lifted ${row.id} on ${row.target}.`,
  },
  rm: {
    title: (file) => `Delete ${file.name}`,
    does: 'Delete',
    parts: (file) => [el('p', {}, `${file.by} shared it with ${file.to ?? file.place}. Nobody can read it any more then; what was said about it stays.`)],
    line: (values, file) => request('files rm', {}, [file.id]),
    done: (data) => `Deleted ${data.deleted.map((file) => file.name).join(', ')}.`,
  },
  broadcast: {
    title: (room) => (room.name ? `Tell everybody in ${room.name}` : 'Tell everybody who is connected'),
    does: 'Send',
    parts: () => [field('Text', text('text', { required: true })), tick('urgent', 'Urgent: call them by their names')],
    line: (values, room) => request('broadcast', { room: room.name, urgent: values.urgent }, [values.text]),
    done: (data) => `Sent to ${count(data.recipients, 'user')}.`,
  },
};

function valuesOf(form) {
  const values = Object.fromEntries(new FormData(form));
  for (const box of form.querySelectorAll('input[type=checkbox]')) values[box.name] = box.checked;
  return values;
}

/** Asks for what an act needs and has it done by `ask(line)`; `tell(text)` what came of it. */
export function perform(name, row, { ask, tell }) {
  const act = ACTS[name];
  const first = act.look ? 'Look whom it hits' : act.does;
  const note = el('p', { class: 'operator-note', role: 'alert' });
  const go = el('button', { type: 'submit', class: 'primary danger' }, first);
  const cancel = el('button', { type: 'button', class: 'quiet', onclick: () => node.close() }, 'Cancel');
  const parts = el('div', {}, ...act.parts(row));
  let is_shown = false;
  const again = () => {
    is_shown = false;
    note.textContent = '';
    go.textContent = first;
  };
  const submit = async (event) => {
    event.preventDefault();
    const is_look = act.look && !is_shown;
    const values = { ...valuesOf(form), more: is_look ? { 'dry-run': true } : { yes: true } };
    go.disabled = true;
    const answer = await ask(act.line(values, row));
    go.disabled = false;
    if (is_look && answer.ok) {
      is_shown = true;
      note.textContent = hits(answer.data);
      go.textContent = act.does;
      go.focus();
    } else if (answer.ok || answer.data) {
      node.close();
      tell(answer.ok ? act.done(answer.data, row) : why(answer));
    } else {
      again();
      note.textContent = why(answer);
    }
  };
  const form = el('form', { onsubmit: submit, oninput: again }, parts, note, el('div', { class: 'dialog-foot' }, cancel, go));
  const node = dialog(act.title(row), form);
  (parts.querySelector('input:not([readonly]), select') ?? go).focus();
}
