// Notifications of the desktop, for whoever switched them on.

import { tame } from '../model/names.js';
import { plain } from './text.js';
import { toast } from './dialog.js';

/** Asks the browser; `refused` is called if the answer is no. */
export async function permit(refused) {
  const answer = 'Notification' in globalThis ? await Notification.requestPermission() : 'denied';
  if (answer === 'granted') return;
  refused();
  toast('This browser does not allow notifications for this page.', 'error');
}

export function notify(state, { room, nick, text }, acts) {
  if (state.settings.notify !== 'on' || globalThis.Notification?.permission !== 'granted') return;
  try {
    const title = room === nick ? tame(nick) : `${tame(nick)} in ${tame(room)}`;
    const note = new Notification(title, { body: plain(text).slice(0, 200), tag: room });
    note.onclick = () => {
      globalThis.focus();
      note.close();
      acts.go(room);
    };
  } catch {
    // On phones only a service worker may do this; the counts in the list remain.
  }
}
