// Files at the page: what is being sent or fetched with its progress, the list of what is here, dropping files in.

import { ask, confirm, dialog, toast } from '../view/dialog.js';
import { el, find, icon, iconButton, size, wholeOf } from '../view/dom.js';
import { tame } from '../model/names.js';
import { download, safeName } from './download.js';
import { Upload } from './tus.js';

const AT_ONCE = 2;

export class Files {
  /** {name, sent, total, note, cancel, run} of each. */
  rows = [];
  running = 0;
  proof = null;

  constructor(session, acts) {
    Object.assign(this, { session, acts, state: session.state });
    this.list = el('ul', { class: 'transfers', 'aria-label': 'Files on their way', hidden: true });
    find('#composer').before(this.list);
  }

  busy() {
    return this.rows.length > 0;
  }

  /** The proof who one is, for requests about files; asked again when it is old. */
  token(again) {
    if (!again && this.proof?.until > Date.now() && this.proof.connection === this.state.connection) return Promise.resolve(this.proof.token);
    return new Promise((resolve, reject) => {
      if (this.state.phase !== 'online') return reject(new Error('there is no connection'));
      return this.session.run((state) => state.ask('FILE', ['TOKEN'], (lines) => {
        const told = lines.find(({ command, params }) => command === 'FILE' && params.includes('TOKEN'));
        const at = told?.params.indexOf('TOKEN') ?? 0;
        if (!told) return reject(new Error(lines.at(-1)?.params.at(-1) ?? 'the server gives no access to files'));
        const [token, seconds, base] = told.params.slice(at + 1);
        this.base = /^\/[\w/-]*$/.test(base ?? '') ? base : '/files';
        this.proof = { token, until: Date.now() + (Number(seconds) - 30) * 1000, connection: state.connection };
        return resolve(token);
      }));
    });
  }

  upload(list, to) {
    if (!this.acts.mayUpload()) return toast('This server takes no files from you.', 'error');
    if (!to || to === '*') return toast('Go to a room or person first.', 'error');
    for (const file of list) this.add(file, to);
    return this.next();
  }

  add(file, to) {
    const row = { name: file.name || 'picture.png', to, total: file.size, sent: 0, waits: true, verb: 'to' };
    row.start = async () => {
      await this.token(false);
      const upload = new Upload({ file, name: row.name, to, base: this.base, token: (again) => this.token(again), changed: () => {
        Object.assign(row, { sent: upload.sent, note: upload.note });
        this.draw();
      } });
      row.cancel = () => upload.cancel();
      await upload.run();
    };
    this.rows.push(row);
  }

  next() {
    const row = this.rows.find((one) => one.waits);
    if (row && this.running < AT_ONCE) {
      this.begin(row);
      this.next();
    }
    this.draw();
  }

  async begin(row) {
    row.waits = false;
    this.running += 1;
    try {
      await row.start();
      if (row.verb === 'to') toast(`${tame(row.name)} is sent.`);
    } catch (error) {
      if (error.name !== 'AbortError') toast(`${tame(row.name)}: ${error.message}`, 'error');
    }
    this.running -= 1;
    this.rows = this.rows.filter((one) => one !== row);
    this.next();
  }

  /** Drawn at most ten times a second: progress comes often. */
  draw() {
    clearTimeout(this.timer);
    const since = performance.now() - (this.drawn ?? 0);
    if (since < 100 && this.rows.length) {
      this.timer = setTimeout(() => this.draw(), 100);
      return;
    }
    this.drawn = performance.now();
    this.list.hidden = !this.rows.length;
    this.list.replaceChildren(...this.rows.map((row) => this.row(row)));
  }

  row(row) {
    const percent = row.total ? Math.floor((row.sent / row.total) * 100) : 0;
    const words = row.note || (row.waits ? 'waits' : `${percent} % of ${size(row.total)}`);
    return el('li', { class: 'transfer' }, icon('file'),
      el('span', { class: 'transfer-name', textContent: row.verb === 'to' ? `${tame(row.name)} → ${tame(row.to)}` : tame(row.name) }),
      el('progress', { max: 100, value: percent, 'aria-label': `${row.name}, ${percent} percent` }), el('span', { class: 'transfer-words', textContent: words }),
      iconButton('close', `Cancel ${row.name}`, () => this.cancel(row)));
  }

  cancel(row) {
    if (row.waits) this.rows = this.rows.filter((one) => one !== row);
    row.cancel?.();
    this.draw();
  }

  download(file, as) {
    const stop = new AbortController();
    const row = { name: as || file.name, total: file.bytes, sent: 0, verb: 'from', waits: true, cancel: () => stop.abort() };
    const progress = (sent) => {
      row.sent = sent;
      this.draw();
    };
    row.start = () => download(file, { as, token: () => this.token(false), progress, signal: stop.signal });
    this.rows.push(row);
    this.next();
  }

  /** What lies at a path, for whoever may see it. */
  async bytes(path) {
    const answer = await fetch(path, { headers: { Authorization: `Bearer ${await this.token(false)}` } });
    if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
    return answer.blob();
  }

  saveAs(file) {
    ask('Download under another name', [{ name: 'as', label: 'Name', value: safeName(file.name) }], 'Download', ({ as }) => {
      if (!as.trim()) return 'A name is needed.';
      return void this.download(file, safeName(as.trim()));
    });
  }

  /** What is here, to look through, get and delete. */
  show(room) {
    if (!room) return;
    const place = room.kind === 'server' ? '*' : room.name;
    const where = el('select', { 'aria-label': 'Where' }, el('option', { value: place, textContent: tame(place) }), el('option', { value: '*', textContent: 'everywhere' }));
    const filter = el('input', { type: 'search', placeholder: 'Part of a name', 'aria-label': 'Part of a name' });
    const note = el('p', { class: 'hint', role: 'status', textContent: 'Looking …' });
    const list = el('ul', { class: 'choices' });
    let all = [];
    const draw = () => {
      const shown = all.filter(({ name }) => name.toLowerCase().includes(filter.value.toLowerCase()));
      if (all.length || !note.textContent) note.textContent = shown.length ? '' : 'No files.';
      list.replaceChildren(...shown.map((file) => this.entry(file, () => {
        all = all.filter((one) => one !== file);
        draw();
      })));
    };
    const load = () => this.fetch(where.value, (files, failed) => {
      all = files;
      note.textContent = failed ? `✗ ${failed}` : files.length ? '' : 'No files.';
      draw();
    });
    filter.addEventListener('input', draw);
    where.addEventListener('change', load);
    const send = this.acts.mayUpload() ? el('button', { type: 'button', class: 'primary', onclick: () => find('#composer-files').click() }, 'Send files …') : null;
    dialog('Files', el('div', { class: 'pair' }, where, filter), note, list, send);
    load();
  }

  fetch(where, then) {
    this.session.run((state) => state.ask('FILE', ['LIST', where], (lines) => {
      const failed = lines.find(({ command }) => command === 'FAIL' || /^[45]/.test(command));
      const told = lines.flatMap((line) => (line.command === 'BATCH' ? line.lines : [line]));
      const entries = told.filter(({ command, params }) => command === 'FILE' && params.includes('ENTRY'));
      then(entries.map(({ params }) => {
        const [id, target, bytes, sha256, who, time, expires, name] = params.slice(params.indexOf('ENTRY') + 1);
        return { id, target, bytes: Number(bytes), sha256, who, time, expires, name: tame(name ?? id) };
      }), failed?.params.at(-1));
    }));
  }

  entry(file, gone) {
    const about = [size(file.bytes), file.who !== '*' && tame(file.who), file.target !== '*' && tame(file.target), wholeOf(file.time)].filter(Boolean).join(' · ');
    const remove = () => confirm('Delete this file?', `${file.name} will be gone for everybody.`, 'Delete', () => {
      this.session.run((state) => state.ask('FILE', ['DELETE', file.id], (lines) => {
        const failed = lines.find(({ command }) => command === 'FAIL' || /^[45]/.test(command));
        if (failed) return toast(failed.params.at(-1), 'error');
        return gone();
      }));
    });
    return el('li', { class: 'file-row' }, icon('file'), el('span', { class: 'file-words' }, el('b', { textContent: file.name }), el('span', { textContent: about })),
      el('button', { type: 'button', class: 'quiet', onclick: () => this.download(file) }, 'Download'),
      iconButton('down', `Download ${file.name} under another name`, () => this.saveAs(file)), iconButton('trash', `Delete ${file.name}`, remove));
  }

  /** Files dropped onto the page go to the room that is looked at. */
  listen() {
    const cover = find('#drop');
    const has_files = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
    addEventListener('dragover', (event) => {
      if (!has_files(event)) return;
      event.preventDefault();
      cover.hidden = this.state.phase !== 'online' || !this.acts.mayUpload();
    });
    addEventListener('dragleave', (event) => event.relatedTarget || (cover.hidden = true));
    addEventListener('drop', (event) => {
      cover.hidden = true;
      if (!has_files(event)) return;
      event.preventDefault();
      if (this.state.phase === 'online') this.acts.upload([...event.dataTransfer.files], '');
    });
  }
}
