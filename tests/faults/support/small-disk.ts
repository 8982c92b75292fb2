import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDiskFull } from '#lib/core/disk-errors.ts';

export type SmallDisk = {
  /** Writes until nothing more goes in. */
  fillUp(): void;
  /** Makes room again. */
  clear(): void;
  unmount(): void;
};

/** Lays a disk of so many megabytes over a folder; null where that is not allowed (it needs root). */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | null {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const filler = join(folder, 'filler');
  return {
    fillUp() {
      for (const size of [2 ** 20, 2 ** 12]) {
        try {
          for (;;) appendFileSync(filler, Buffer.alloc(size));
        } catch (error) {
          if (!isDiskFull(error)) throw error;
        }
      }
    },
    clear: () => rmSync(filler, { force: true }),
    unmount: () => void execFileSync('umount', ['-l', folder]),
  };
}
