import { join } from 'node:path';
import { env } from '#lib/core/env/env.ts';
import { hostedUploads } from '../storage/hosted-store.ts';
import type { FileInventory } from './file-inventory.ts';
import { createHostedInventory } from './hosted-inventory.ts';
import { createLocalInventory } from './local-inventory.ts';

/** The inventory of this installation: where its store is, on disk or at the hosted service. One for each sweep. */
export function openInventory(): FileInventory {
  const service = hostedUploads();
  return service ? createHostedInventory(service) : createLocalInventory(join(env().dataDir, 'files'));
}
