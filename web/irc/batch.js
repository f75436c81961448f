// Batches: keeps their lines until they are closed, then gives them as one thing. They may stand in one another.

const MOST_LINES = 20000;

export class Batches {
  open = new Map();

  /**
   * Takes a line. Gives the line itself, or the batch that it closes, or null while one is open.
   * A batch is `{type, params, tags, label, nick, source, lines}`; its lines may be batches too.
   */
  take(line) {
    const outer = this.open.get(line.tags.get('batch'));
    if (line.command !== 'BATCH') {
      if (!outer) return line;
      if (outer.lines.length < MOST_LINES) outer.lines.push(line);
      return null;
    }
    const [reference = '', type = '', ...params] = line.params;
    if (reference.startsWith('+')) {
      const { tags, nick, source } = line;
      const label = tags.get('label');
      this.open.set(reference.slice(1), { command: 'BATCH', type, params, tags, label, nick, source, outer, lines: [] });
      return null;
    }
    const closed = this.open.get(reference.slice(1));
    this.open.delete(reference.slice(1));
    if (!closed) return null;
    if (closed.outer) {
      closed.outer.lines.push(closed);
      return null;
    }
    return closed;
  }

  clear() {
    this.open.clear();
  }
}

/** A message of several lines as one line: the text has line breaks. */
export function joined(batch) {
  let text = '';
  batch.lines.forEach((line, index) => {
    if (index > 0 && !line.tags.has('draft/multiline-concat')) text += '\n';
    text += line.params[1] ?? '';
  });
  const command = batch.lines[0]?.command ?? 'PRIVMSG';
  return { tags: batch.tags, nick: batch.nick, source: batch.source, command, params: [batch.params[0] ?? '', text] };
}
