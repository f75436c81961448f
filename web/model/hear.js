// One line from the server: opens batches, brings labelled answers to who asked, finds the function of the command.

import { joined } from '../irc/batch.js';
import { hearAnswer } from './hear/answers.js';
import { PAST_OR_NOW, said, tagged, redacted, readPast } from './hear/said.js';
import * as rooms from './hear/rooms.js';
import * as start from './hear/start.js';
import { settle } from './outbox.js';

const TABLE = {
  ...start.TABLE,
  ...rooms.TABLE,
  PRIVMSG: said,
  NOTICE: said,
  TAGMSG: tagged,
  REDACT: redacted,
  WALLOPS: (state, line) => said(state, { ...line, command: 'NOTICE', params: ['$operators', line.params[0] ?? ''] }),
};

/** The fewest parameters with which a command means something. */
const LEAST = { PRIVMSG: 2, NOTICE: 2, REDACT: 2, KICK: 2, TAGMSG: 1, JOIN: 1, PART: 1, NICK: 1, TOPIC: 1, MODE: 1, INVITE: 2, RENAME: 2, ACCOUNT: 1, MARKREAD: 1, CAP: 2, 353: 4, 354: 6, '001': 1 };

/** Takes one line of text, already parsed. */
export function hear(state, line) {
  const whole = state.batches.take(line);
  if (!whole) return;
  const label = whole.label ?? whole.tags.get('label');
  const then = state.asked.get(label);
  if (then) {
    state.asked.delete(label);
    const lines = whole.type === 'labeled-response' ? whole.lines : [whole];
    then(lines.filter((one) => one.command !== 'ACK'));
  } else if (whole.command === 'BATCH') hearBatch(state, whole, label);
  else hearLine(state, whole);
}

function hearBatch(state, batch, label) {
  if (batch.type === 'draft/multiline') return hearLine(state, joined(batch));
  if (batch.type === 'chathistory') {
    const room = state.room(batch.params[0]);
    batch.lines.forEach((line) => room && readPast(state, room, line));
    return undefined;
  }
  for (const line of batch.lines) {
    if (label) line.tags.set('label', label);
    if (line.command === 'BATCH') hearBatch(state, line, label);
    else hearLine(state, line);
  }
  return undefined;
}

function hearLine(state, line) {
  const { command } = line;
  if (line.params.length < (LEAST[command] ?? 0)) return;
  if (settle(state, line)) return;
  const how = TABLE[command];
  if (how) how(state, line);
  else if (!PAST_OR_NOW.has(command)) hearAnswer(state, line);
}
