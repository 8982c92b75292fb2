import { join } from 'node:path';
import { env } from '#lib/core/env/env.ts';
import type { FileRemover, FileStore } from './file-store.ts';
import { createHostedStore, type HostedStore, hostedUploads } from './hosted-store.ts';
import { createLocalStore } from './local-store.ts';

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

function wholeStore(): FileStore & FileRemover {
  store ??= hostedStore() ?? createLocalStore(join(env().dataDir, 'files'));
  return store;
}

/** The hosted service; null while files are kept on our own disk. */
export function hostedStore(): HostedStore | null {
  const service = hostedUploads();
  if (!service) return null;
  hosted ??= createHostedStore(service);
  return hosted;
}
