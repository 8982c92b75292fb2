import { join } from 'node:path';
import { env } from '#lib/core/env/env.ts';
import type { StorageSettings } from '#lib/core/env/storage-env.ts';
import { hostedUploads } from '../storage/hosted-store.ts';
import type { FileInventory } from './file-inventory.ts';
import { createHostedInventory } from './hosted-inventory.ts';
import { createLocalInventory } from './local-inventory.ts';
import { createS3Inventory } from './s3-inventory.ts';

/**
 * The inventory of this installation: where its store is. One for each sweep. While pictures are being moved from another
 * store none is missed that still lies there, and nothing there is swept.
 */
export function openInventory(): FileInventory {
  const { storage, storageBefore } = env();
  const next = inventoryOf(storage);
  if (!storageBefore) return next;
  const before = inventoryOf(storageBefore);
  return { ...next, has: async (id) => (await next.has(id)) || before.has(id) };
}

/** The inventory of a store by its settings. */
export function inventoryOf(settings: StorageSettings): FileInventory {
  if (settings.kind === 's3') return createS3Inventory(settings);
  return settings.kind === 'local'
    ? createLocalInventory(join(env().dataDir, 'files'))
    : createHostedInventory(hostedUploads(settings));
}
