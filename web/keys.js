// The keyboard, for the whole page.

import { find } from './view/dom.js';

export function listen(state, acts, page) {
  const step = (by, only) => {
    const all = state.ordered();
    const at = all.indexOf(state.here());
    for (let n = 1; n <= all.length; n += 1) {
      const room = all[(at + by * n + all.length * n) % all.length];
      if (!only || room.unread) return room !== state.here() && acts.go(room.name);
    }
    return undefined;
  };

  /** Within the messages: from one to the next, and what can be done with it. */
  const inLog = (event) => {
    const items = [...find('#log').querySelectorAll('.item')];
    const at = items.indexOf(document.activeElement);
    const by = { ArrowUp: -1, ArrowDown: 1, Home: -items.length, End: items.length }[event.key];
    if (by) {
      const next = at < 0 ? items.length - 1 : Math.max(0, Math.min(items.length - 1, at + by));
      items[next]?.focus();
      return true;
    }
    const thing = at >= 0 && state.here()?.find(items[at].dataset.msgid);
    if (!thing || thing.redacted) return false;
    const press = (label) => items[at].querySelector(`.tools [aria-label^="${label}"]`)?.click();
    const act = { r: () => acts.reply(thing), e: () => press('React'), Delete: () => press('Remove') }[event.key];
    act?.();
    return Boolean(act);
  };

  const escape = () => {
    if (find('#app').classList.contains('side-open')) return page.closeSide();
    if (page.log.at_end && state.here()?.live !== false) return page.composer.focus();
    return find('#to-end').click();
  };

  const scroll = (by) => find('#log-frame').scrollBy({ top: by * find('#log-frame').clientHeight * 0.85 });

  addEventListener('keydown', (event) => {
    if (state.phase === 'out' || event.isComposing || find('dialog[open]') || find('.menu')) return;
    const control = event.ctrlKey || event.metaKey;
    const { key } = event;
    let done = true;
    if (event.altKey && !control && key === 'ArrowUp') step(-1, event.shiftKey);
    else if (event.altKey && !control && key === 'ArrowDown') step(1, event.shiftKey);
    else if (event.altKey && !control && key.toLowerCase() === 'm') acts.members();
    else if (control && !event.shiftKey && key.toLowerCase() === 'k') acts.switcher();
    else if (control && event.shiftKey && key.toLowerCase() === 'f') acts.search();
    else if (control && key === '/') acts.help();
    else if (key === 'Escape') escape();
    else if (key === 'PageUp' && !control) scroll(-1);
    else if (key === 'PageDown' && !control) scroll(1);
    else if (!control && !event.altKey && find('#log-frame').contains(document.activeElement)) done = inLog(event);
    else done = false;
    if (done) event.preventDefault();
  });
}
