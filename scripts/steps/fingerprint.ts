import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const skipped = new Set(['node_modules', '.git', '.next', '.data', 'generated', 'tests', 'docs', 'samples']);

function addPath(hash: ReturnType<typeof createHash>, path: string): void {
  const stat = statSync(path);
  if (!stat.isDirectory()) {
    hash.update(path).update('\0').update(readFileSync(path)).update('\0');
    return;
  }
  for (const entry of readdirSync(path).sort()) if (!skipped.has(entry)) addPath(hash, join(path, entry));
}

/** One hash over the contents of files and folders, so that a step is repeated only when its input changed. */
export function fingerprint(root: string, paths: readonly string[], salt = ''): string {
  const hash = createHash('sha256').update(salt);
  for (const path of paths) if (existsSync(join(root, path))) addPath(hash, join(root, path));
  return hash.digest('hex');
}
