// Makes the page open without a network: registers the service worker, and tells when a newer version of the page waits.
// Browsers have service workers only over https and on the machine itself.

import { toast } from './view/dialog.js';

const WORKER = '/sw.js';

export async function start() {
  const workers = navigator.serviceWorker;
  const is_first = !workers.controller;
  workers.addEventListener('controllerchange', () => is_first || location.reload());
  const registration = await workers.register(trusted(WORKER), { updateViaCache: 'none' }).catch(() => null);
  if (!registration) return;
  // The page has only just begun: nothing is lost if it begins again.
  if (registration.waiting && !is_first) takeOver(registration);
  registration.addEventListener('updatefound', () => watch(registration));
}

function watch(registration) {
  const worker = registration.installing;
  worker.addEventListener('statechange', () => {
    const is_update = navigator.serviceWorker.controller !== null;
    if (worker.state !== 'installed' || !is_update) return;
    toast('There is a newer version of this page.', 'info', ['Load it', () => takeOver(registration)]);
  });
}

const takeOver = (registration) => registration.waiting?.postMessage('take over');

/** The one address that may become a script here. */
function trusted(address) {
  const policy = globalThis.trustedTypes?.createPolicy('service-worker', {
    createScriptURL: (url) => {
      if (url === WORKER) return url;
      throw new TypeError('not the service worker');
    },
  });
  return policy ? policy.createScriptURL(address) : address;
}
