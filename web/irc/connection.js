// The WebSocket: opens it, comes back with growing pauses when it is lost, notices when it is dead.
// One line of IRC is one message of it.

const PAUSES = [1, 2, 4, 8, 15, 30, 60];
const SILENCE = 30000;
const ANSWER = 10000;

/** How long to wait before the next try, in ms; `chance` is 0 to 1. */
export function pause(tries, chance) {
  const base = PAUSES[Math.min(tries, PAUSES.length - 1)];
  return Math.round(base * 1000 * (0.8 + 0.4 * chance));
}

export class Connection {
  /** `on` has opened(), line(text), lost(ms until the next try, code, reason). */
  constructor(url, on) {
    Object.assign(this, { url, on, tries: 0, socket: null, timer: 0, watch: 0 });
    addEventListener('online', () => this.retry());
    document.addEventListener('visibilitychange', () => document.hidden || this.probe());
  }

  open() {
    clearTimeout(this.timer);
    this.wanted = true;
    const socket = new WebSocket(this.url, ['text.ircv3.net']);
    this.socket = socket;
    const own = (what) => (event) => socket === this.socket && what(event);
    socket.onopen = own(() => {
      this.alive();
      this.on.opened();
    });
    socket.onmessage = own((event) => {
      this.alive();
      if (typeof event.data === 'string') this.on.line(event.data);
    });
    socket.onclose = own((event) => this.lost(event.code, event.reason));
  }

  /** It works: the next pause is short again. */
  settled() {
    this.tries = 0;
  }

  send(line) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(line);
    return true;
  }

  /** Ends it for good. */
  close(lastLine) {
    this.wanted = false;
    clearTimeout(this.timer);
    clearTimeout(this.watch);
    if (lastLine) this.send(lastLine);
    const { socket } = this;
    this.socket = null;
    setTimeout(() => socket?.close(1000), 200);
  }

  /** Tries at once, if it waits for the next try. */
  retry() {
    if (this.wanted && !this.socket) this.open();
    else this.probe();
  }

  lost(code, reason) {
    clearTimeout(this.watch);
    this.socket = null;
    if (!this.wanted) return;
    const wait = pause(this.tries, Math.random());
    this.tries += 1;
    this.timer = setTimeout(() => this.open(), wait);
    this.on.lost(wait, code, reason);
  }

  alive() {
    clearTimeout(this.watch);
    this.watch = setTimeout(() => this.probe(), SILENCE);
  }

  /** Asks whether the other side is still there. */
  probe() {
    if (!this.send('PING alive')) return;
    clearTimeout(this.watch);
    const { socket } = this;
    this.watch = setTimeout(() => {
      if (socket !== this.socket) return;
      socket.close();
      this.lost(4000, 'no answer');
    }, ANSWER);
  }
}
