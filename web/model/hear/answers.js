// Numerics and other answers, told in words where the person looks. The server's own text is kept: it is plain.

/** Told in another way, or of no use to people. */
const SILENT = new Set(['002', '003', '004', '221', '250', '251', '252', '253', '254', '255', '265', '266', '329', '396', '321',
  '375', '324', '318', '369', '730', '731']);

/** Answers whose second parameter is whom or what they are about. */
const about = (line) => line.params.slice(1, -1).join(' ');

function error(state, line) {
  const room = line.params.slice(1, -1).map((name) => state.room(name)).find(Boolean);
  const subject = about(line);
  const text = line.params.at(-1);
  state.tell(subject && !text.includes(subject) ? `${subject}: ${text}` : text, 'error', room ?? state.here());
  state.call('refused', { number: line.command, about: line.params[1], text });
}

const WORDS = {
  301: (p) => `${p[1]} is away: ${p[2]}`,
  305: () => 'You are no longer away.',
  306: () => 'You are away. People who write to you are told.',
  341: (p) => `${p[1]} was invited to ${p[2]}.`,
  391: (p) => `It is ${p.at(-1)} at the server.`,
  351: (p) => `The server runs ${p[1]}.`,
  271: (p) => `You do not hear ${p[2] ?? p[1]}.`,
  272: () => 'That is everybody you do not hear.',
};

export function hearAnswer(state, line) {
  const { command, params } = line;
  if (!/^\d{3}$/.test(command) || SILENT.has(command)) return;
  if (command === '305' || command === '306') {
    state.away = command === '306' ? state.away ?? 'away' : null;
    state.touch('phase', 'rooms');
  }
  if (command === '372') return state.tell(params[1].replace(/^- ?/, ''), 'info', state.open('*', 'server'));
  if (command >= '400' && command < '600') return error(state, line);
  const text = WORDS[command]?.(params) ?? params.slice(1).join(' ');
  if (text) state.tell(text);
  return undefined;
}

/** What WHOIS told, as rows of [what, words]. */
export function whoisRows(lines) {
  const rows = [];
  const time = (seconds) => new Date(Number(seconds) * 1000).toLocaleString();
  for (const { command, params } of lines) {
    const text = params.at(-1);
    if (command === '311') rows.push(['Name', params[1]], ['Real name', text], ['Address', `${params[2]}@${params[3]}`]);
    else if (command === '319') rows.push(['Rooms', text]);
    else if (command === '312') rows.push(['Server', `${params[2]} (${text})`]);
    else if (command === '301') rows.push(['Away', text]);
    else if (command === '330') rows.push(['Account', params[2]]);
    else if (command === '317') rows.push(['Idle', `${params[2]} s`], ['Here since', time(params[3])]);
    else if (command === '338') rows.push(['Connects from', params[2]]);
    else if (['313', '335', '671', '307', '276'].includes(command)) rows.push(['Also', `${params[1]} ${text}`]);
    else if (command === '401' || command === '406') rows.push(['Not here', text]);
  }
  return rows;
}
