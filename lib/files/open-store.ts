import { join } from 'node:path';
import { env } from '#lib/core/env.ts';
import type { FileStore } from './file-store.ts';
import { createLocalStore } from './local-store.ts';

let store: FileStore | undefined;

/** The store this installation keeps its pictures in. */
export function fileStore(): FileStore {
  store ??= createLocalStore(join(env().dataDir, 'files'));
  return store;
}
