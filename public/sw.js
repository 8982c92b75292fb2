/*
 * The service worker: a page that could not be fetched gives way to a short one that says so, and a photo that
 * another app shares is kept until the studio asks for it. Nothing else is kept: pages and pictures are
 * people's own, and the network's answer is always the true one.
 */
const offlineCache = 'offline-2';
/** Read by components/studio/intake/use-shared-photos.ts. */
const sharedCache = 'shared-photos';
const offlinePages = ['/offline', '/en/offline'];
const maxShared = 10;

const isEnglish = (path) => path === '/en' || path.startsWith('/en/');
const isShare = (request) =>
  request.method === 'POST' && /^(?:\/en)?\/studio\/share$/.test(new URL(request.url).pathname);

self.addEventListener('install', (event) => {
  // What is not a page need not wake this worker, where the browser can be told so.
  event.addRoutes?.({ condition: { not: { requestMode: 'navigate' } }, source: 'network' }).catch(() => {});
  const keep = async () => {
    const cache = await caches.open(offlineCache);
    await cache.addAll(offlinePages.map((page) => new Request(page, { cache: 'reload' })));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener('activate', (event) => {
  const begin = async () => {
    const mine = [offlineCache, sharedCache];
    const names = await caches.keys();
    await Promise.all(names.filter((name) => !mine.includes(name)).map((name) => caches.delete(name)));
    await self.registration.navigationPreload?.enable();
    await self.clients.claim();
  };
  event.waitUntil(begin());
});

/** The server's answer, or the words for having none. */
async function fetchPage(event) {
  try {
    return (await event.preloadResponse) ?? (await fetch(event.request));
  } catch (error) {
    const page = isEnglish(new URL(event.request.url).pathname) ? '/en/offline' : '/offline';
    const kept = await caches.match(page, { cacheName: offlineCache });
    if (kept) return kept;
    throw error;
  }
}

/** Keeps the pictures that were shared, and leads to the studio, where the person decides. */
async function takeShared(request) {
  const url = new URL(request.url);
  const sent = (await request.formData())
    .getAll('photo')
    .filter((part) => part instanceof File && part.size > 0);
  await caches.delete(sharedCache);
  const cache = await caches.open(sharedCache);
  for (const [at, file] of sent.slice(0, maxShared).entries()) {
    const headers = {
      'content-type': file.type,
      'x-name': encodeURIComponent(file.name),
      'x-shared-at': String(Date.now()),
    };
    await cache.put(`/shared/${at}`, new Response(file, { headers }));
  }
  return Response.redirect(isEnglish(url.pathname) ? '/en/studio' : '/studio', 303);
}

self.addEventListener('fetch', (event) => {
  if (event.request.mode !== 'navigate') return;
  if (isShare(event.request)) event.respondWith(takeShared(event.request));
  else if (event.request.method === 'GET') event.respondWith(fetchPage(event));
});
