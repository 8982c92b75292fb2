import { join } from 'node:path';
import { env } from '#lib/core/env/env.ts';
import { hostedUploads } from '../storage/hosted-store.ts';
import type { FileShelf } from './file-shelf.ts';
import { createHostedShelf } from './hosted-shelf.ts';
import { createLocalShelf } from './local-shelf.ts';

/** The shelf of this installation: where its store is, on disk or at the hosted service. One for each sweep. */
export function openShelf(): FileShelf {
  const service = hostedUploads();
  return service ? createHostedShelf(service) : createLocalShelf(join(env().dataDir, 'files'));
}
