// Registers the service worker, which keeps the page for when there is no connection.

export function start() {
  const allow = globalThis.trustedTypes?.createPolicy('chat-offline', { createScriptURL: (url) => url });
  const url = allow ? allow.createScriptURL('/sw.js') : '/sw.js';
  return navigator.serviceWorker.register(url).catch(() => null);
}
