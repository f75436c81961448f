// The service worker: keeps the page itself, so that it opens without a network. Nothing that people say or send is kept
// here: only the paths of SHELL are ever answered from the cache. VERSION and SHELL stand above; the server writes them,
// so each change of any file makes another worker, with a cache of its own.

const PREFIX = 'shell ';
const CACHE = PREFIX + VERSION;

self.addEventListener('install', (event) => event.waitUntil(keep()));
self.addEventListener('activate', (event) => event.waitUntil(takeOver()));
self.addEventListener('fetch', (event) => {
  if (isShell(event.request)) event.respondWith(kept(event.request));
});
self.addEventListener('message', (event) => {
  if (event.data === 'take over') self.skipWaiting();
});

// All files of this version, or none: a page never has parts of two.
async function keep() {
  const cache = await caches.open(CACHE);
  await cache.addAll(SHELL.map((path) => new Request(path, { cache: 'reload' })));
}

async function takeOver() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

function isShell(request) {
  const url = new URL(request.url);
  return request.method === 'GET' && url.origin === self.location.origin && SHELL.includes(url.pathname);
}

async function kept(request) {
  const cache = await caches.open(CACHE);
  const found = await cache.match(new URL(request.url).pathname);
  return found ?? fetch(request);
}
