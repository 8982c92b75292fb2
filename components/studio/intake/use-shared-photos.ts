'use client';

import { useEffect, useState } from 'react';

/** Where `public/sw.js` leaves what another app shared. */
const sharedCache = 'shared-photos';
/** A photo nobody came for is not shown to the next person at this phone. */
const keptMs = 60 * 60 * 1000;

async function readShared(): Promise<File[]> {
  if (!('caches' in window) || !(await caches.has(sharedCache))) return [];
  const cache = await caches.open(sharedCache);
  const files: File[] = [];
  for (const request of await cache.keys()) {
    const kept = await cache.match(request);
    if (!kept || Date.now() - Number(kept.headers.get('x-shared-at')) > keptMs) continue;
    const bytes = await kept.blob();
    files.push(new File([bytes], decodeURIComponent(kept.headers.get('x-name') ?? ''), { type: bytes.type }));
  }
  if (files.length === 0) await caches.delete(sharedCache);
  return files;
}

/** Photos that another app shared into this one, until they are taken or left. */
export function useSharedPhotos() {
  const [files, setFiles] = useState<readonly File[]>([]);
  useEffect(() => {
    let isGone = false;
    readShared().then(
      (found) => isGone || setFiles(found),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, []);
  return {
    files,
    clear: () => {
      setFiles([]);
      void caches.delete(sharedCache).catch(() => undefined);
    },
  };
}
