// Signs (emoji) to put to a message or into a text.

import { float } from './dialog.js';
import { el, find } from './dom.js';

const SIGNS = '👍 👎 ❤️ 😂 😮 😢 🎉 🙏 👀 ✅ ❌ 🔥 🙂 😉 😅 🤔 😴 🚀 ☕ 💡 ⭐ 👋 💪 🤝'.split(' ');

/** Shows the signs beside a button; `choose` gets the one taken. */
export function signs(at, choose) {
  find('.menu')?.remove();
  const close = () => {
    node.remove();
    removeEventListener('pointerdown', outside, true);
    at.focus?.();
  };
  const take = (sign) => {
    close();
    choose(sign);
  };
  const outside = (event) => node.contains(event.target) || close();
  const buttons = SIGNS.map((sign) => el('button', { type: 'button', class: 'sign', textContent: sign, 'aria-label': sign, onclick: () => take(sign) }));
  const own = el('input', { type: 'text', maxLength: 16, placeholder: 'or another one', 'aria-label': 'Another sign' });
  const node = el('div', { class: 'menu signs', role: 'dialog', 'aria-label': 'Signs' }, el('div', { class: 'sign-grid' }, ...buttons),
    el('form', { onsubmit: (event) => {
      event.preventDefault();
      if (own.value.trim()) take(own.value.trim());
    } }, own));
  node.addEventListener('keydown', (event) => {
    const here = buttons.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
    if (step && here >= 0) (buttons[here + step] ?? own).focus();
    else if (event.key === 'Escape') close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  float(node, at);
  addEventListener('pointerdown', outside, true);
  buttons[0].focus();
}
