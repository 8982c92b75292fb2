import { join } from 'node:path';
import { env } from '#lib/core/env/env.ts';
import { hostedUploads } from '../storage/hosted-store.ts';
import type { FileShelf } from './file-inventory.ts';
import { createHostedShelf } from './hosted-inventory.ts';
import { createLocalShelf } from './local-inventory.ts';

/** The shelf of this installation: where its store is, on disk or at the hosted service. One for each sweep. */
export function openShelf(): FileShelf {
  const service = hostedUploads();
  return service ? createHostedShelf(service) : createLocalShelf(join(env().dataDir, 'files'));
}
