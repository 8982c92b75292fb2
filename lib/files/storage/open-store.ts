import { join } from 'node:path';
import { env } from '#lib/core/env/env.ts';
import { createUploadParts, type UploadParts } from '../upload/part-store.ts';
import type { FileStore } from './file-store.ts';
import { createHostedStore, type HostedStore, hostedUploads } from './hosted-store.ts';
import { createLocalStore } from './local-store.ts';

let store: FileStore | undefined;
let hosted: HostedStore | undefined;
let parts: UploadParts | undefined;

/** The store this installation keeps its pictures in. */
export function fileStore(): FileStore {
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

/** The partial bytes of unfinished uploads, beside the store and never in it. */
export function uploadParts(): UploadParts {
  parts ??= createUploadParts(join(env().dataDir, 'uploads'));
  return parts;
}
