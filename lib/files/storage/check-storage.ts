import { constants } from 'node:fs';
import { access, mkdir, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { env } from '#lib/core/env/env.ts';

/** `full`: less room than a busy minute needs. `hosted`: a service keeps the pictures. */
export type StorageHealth = 'ok' | 'full' | 'down' | 'hosted';

/** Below this uploads are about to be refused. */
const leastFreeBytes = 256 * 1024 * 1024;

/** Whether pictures can be kept where this process keeps them, and how much room is left. Never throws. */
export async function checkStorage(): Promise<{ state: StorageHealth; freeBytes: number | null }> {
  if (env().storage.kind !== 'local') return { state: 'hosted', freeBytes: null };
  const folder = join(env().dataDir, 'files');
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs(folder);
    const freeBytes = bavail * bsize;
    return { state: freeBytes < leastFreeBytes ? 'full' : 'ok', freeBytes };
  } catch {
    return { state: 'down', freeBytes: null };
  }
}
