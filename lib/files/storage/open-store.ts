import { join } from 'node:path';
import { env } from '#lib/core/env/env.ts';
import type { StorageSettings } from '#lib/core/env/storage-env.ts';
import type { FileRemover, FileStore } from './file-store.ts';
import { createHostedStore, type HostedStore, hostedUploads } from './hosted-store.ts';
import { createLocalStore } from './local-store.ts';
import { createMovingStore } from './moving-store.ts';
import { createS3Store } from './s3-store.ts';

let store: (FileStore & FileRemover) | undefined;
let hosted: HostedStore | undefined;
/** The store this installation keeps its pictures in. */
export function fileStore(): FileStore {
  return wholeStore();
}

/** The same store's other half, for `commit-files.ts` alone. */
export function fileRemover(): FileRemover {
  return wholeStore();
}

/** A store by its settings; the one in use, or one that pictures are moved from or to. */
export function storeOf(settings: StorageSettings): FileStore & FileRemover {
  if (settings.kind === 's3') return createS3Store(settings);
  return settings.kind === 'local'
    ? createLocalStore(join(env().dataDir, 'files'))
    : createHostedStore(hostedUploads(settings));
}

function wholeStore(): FileStore & FileRemover {
  if (!store) {
    const { storage, storageBefore } = env();
    const next = hostedStore() ?? storeOf(storage);
    store = storageBefore ? createMovingStore(next, storeOf(storageBefore)) : next;
  }
  return store;
}

/** The hosted service; null while uploads come to our own ingest. */
export function hostedStore(): HostedStore | null {
  const { storage } = env();
  if (storage.kind !== 'uploadthing') return null;
  hosted ??= createHostedStore(hostedUploads(storage));
  return hosted;
}
