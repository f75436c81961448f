// What the operator's page can show: which verb tells it, and which columns it has.

import { size } from '../view/dom.js';
import { request, span } from './words.js';

const time = (text) => (text ? new Date(text).toLocaleString(undefined, { hourCycle: 'h23' }) : '');
const number = (title, of, show) => ({ title, of, show, is_number: true });
const word = (title, of, show) => ({ title, of, show });
const rate = (value) => (value ?? 0).toFixed(1);

const seen = [
  word('Name', (user) => user.name),
  word('Account', (user) => user.account ?? ''),
  word('Address', (user) => user.address),
];

/** What can be done with a person. */
const people = (act) => (user) => [
  { name: 'Kick', key: 'k', label: `Kick ${user.name}`, run: () => act('kick', user) },
  { name: 'Mute', key: 'm', label: `Mute ${user.name}`, run: () => act('mute', user) },
  { name: 'Ban', key: 'b', label: `Ban ${user.name}`, run: () => act('ban', user) },
];

/** One deed of the audit as words. */
function deed(entry) {
  const told = Object.entries(entry.arguments ?? {}).filter(([, value]) => value !== null && value !== false && value !== undefined);
  const words = told.map(([key, value]) => {
    const text = typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : [value].flat().join(' ');
    return text ? `${key}: ${text}` : '';
  });
  return words.filter(Boolean).join(' · ');
}

const since = (at) => number('On', (user) => user[at], (user) => span(user[at]));

/** Name to {title, requests, rows(data…), every, columns, acts, id}. `every`: looked at again after so many ms. */
export const VIEWS = {
  users: {
    title: 'Users',
    requests: [request('list')],
    every: 3000,
    columns: [
      ...seen,
      word('TLS', (user) => user.tls ?? 'none'),
      word('Rooms', (user) => user.rooms.join(' ')),
      number('Idle', (user) => user.idle_s, (user) => span(user.idle_s)),
      since('connected_s'),
      number('Waiting', (user) => user.queue, (user) => size(user.queue)),
      word('Away', (user) => user.away ?? ''),
    ],
    id: (user) => user.id,
    acts: people,
  },
  rooms: {
    title: 'Rooms',
    requests: [request('rooms')],
    every: 3000,
    columns: [
      word('Name', (room) => room.name),
      number('Members', (room) => room.members),
      number('Messages', (room) => room.messages),
      word('Modes', (room) => room.modes),
      word('Topic', (room) => room.topic ?? ''),
      word('Created', (room) => room.created ?? '', (room) => time(room.created)),
    ],
    id: (room) => room.name,
    acts: (act) => (room) => [
      { name: 'Tell', key: 't', label: `Tell everybody in ${room.name}`, run: () => act('broadcast', room) },
      { name: 'Mute', key: 'm', label: `Mute ${room.name}`, run: () => act('mute', room) },
    ],
  },
  files: {
    title: 'Files',
    requests: [request('files list', { limit: 500 })],
    every: 5000,
    columns: [
      word('Name', (file) => file.name),
      number('Size', (file) => file.bytes, (file) => size(file.bytes)),
      word('By', (file) => file.by),
      word('For', (file) => file.to ?? file.place),
      word('Shared', (file) => file.shared, (file) => time(file.shared)),
      word('Until', (file) => file.expires ?? '', (file) => time(file.expires) || 'deleted'),
    ],
    by: 4,
    id: (file) => file.id,
    acts: (act) => (file) => [{ name: 'Delete', key: 'd', label: `Delete ${file.name}`, run: () => act('rm', file) }],
  },
  status: { title: 'Status', requests: [request('status')], every: 5000 },
  top: {
    title: 'Top',
    requests: [request('top', { limit: 50 })],
    rows: ([data]) => data.rows,
    every: 2000,
    columns: [
      ...seen,
      number('Says/s', (user) => user.in_per_s, (user) => rate(user.in_per_s)),
      number('Hears/s', (user) => user.out_per_s, (user) => rate(user.out_per_s)),
      number('Waiting', (user) => user.queue, (user) => size(user.queue)),
      number('Lag', (user) => user.lag_ms ?? 0, (user) => (user.lag_ms === null ? '' : `${user.lag_ms} ms`)),
      number('Rooms', (user) => user.rooms),
      word('State', (user) => user.state ?? ''),
    ],
    by: 3,
    id: (user) => `${user.name} ${user.address}`,
    acts: people,
  },
  bans: {
    title: 'Bans and mutes',
    requests: [request('bans'), request('mutes')],
    rows: (data) => data.flat(),
    every: 3000,
    columns: [
      word('Id', (one) => one.id),
      word('Kind', (one) => one.kind),
      word('Whom', (one) => one.target),
      word('Reason', (one) => one.reason ?? ''),
      word('By', (one) => one.by),
      number('Left', (one) => one.left_s ?? Infinity, (one) => (one.left_s === null ? 'for ever' : span(one.left_s))),
      number('Hits', (one) => one.hits),
      word('Since', (one) => one.since ?? '', (one) => time(one.since)),
    ],
    id: (one) => one.id,
    acts: (act) => (one) => [{ name: 'Lift', key: 'l', label: `Lift ${one.id} on ${one.target}`, run: () => act('undo', one) }],
  },
  audit: {
    title: 'Audit',
    requests: [request('audit', { count: 200 })],
    every: 3000,
    columns: [
      word('When', (entry) => entry.time, (entry) => time(entry.time)),
      word('Who', (entry) => entry.user ?? `${entry.uid ?? ''}`),
      word('From', (entry) => entry.from ?? 'this machine'),
      word('What', (entry) => entry.command),
      word('With', deed),
      word('Outcome', (entry) => entry.text || entry.result || ''),
    ],
    is_down: true,
    id: (entry) => String(entry.id),
  },
};

/** Status as pairs of words. */
export function status(data) {
  const { connections: on, messages, storage, acknowledged: ack, tls } = data;
  const us = (value) => (value ? `${(value / 1000).toFixed(1)} ms` : 'not measured yet');
  const refused = Object.entries(on.refused_by ?? {}).filter(([, count]) => count).map(([what, count]) => `${what} ${count}`);
  const certificates = (tls ?? []).map((one) => `${one.names.join(' ')}, ${span(one.left_s)} left`);
  return [
    ['Server', `${data.name}, chat ${data.version}, pid ${data.pid}`],
    ['Health', data.health],
    ['Up for', span(data.uptime_s)],
    ['Connections', `${on.current} of at most ${on.limit}; peak ${on.peak}; ${on.slow} slow`],
    ['Turned away', `${on.refused}${refused.length ? ` (${refused.join(', ')})` : ''} of ${on.accepted + on.refused}`],
    ['Users', `${data.users}; rooms ${data.rooms}; accounts ${data.accounts}`],
    ['In clear text', `${data.in_clear_text} users from other machines`],
    ['Messages', `${messages.received}; ${rate(messages.per_s)} a second`],
    ['Acknowledged after', `half ${us(ack?.p50_us)}, 99 of 100 ${us(ack?.p99_us)}`],
    ['Stored', storage ? `${size(storage.bytes)} (${storage.kind}, ${storage.health}); ${size(storage.free_bytes)} free` : 'nothing'],
    ['Backup', data.backup ? time(data.backup.at) : 'none yet'],
    ['TLS', certificates.join(' · ') || 'none'],
    ['Doors', (data.addresses ?? []).join(' · ')],
    ['Who is let in', data.defcon === 5 ? 'everybody' : `defcon ${data.defcon}`],
  ];
}
