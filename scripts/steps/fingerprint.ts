import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const skipped = new Set(['node_modules', '.git', '.next', '.data', 'generated', 'tests', 'docs', 'samples']);

function addPath(hash: ReturnType<typeof createHash>, root: string, path: string): void {
  const found = join(root, path);
  if (!statSync(found).isDirectory()) {
    // By its place in the tree: a tree that was built can be moved, as into an image.
    hash.update(path).update('\0').update(readFileSync(found)).update('\0');
    return;
  }
  for (const entry of readdirSync(found).sort())
    if (!skipped.has(entry)) addPath(hash, root, join(path, entry));
}

/** One hash over the contents of files and folders, so that a step is repeated only when its input changed. */
export function fingerprint(root: string, paths: readonly string[], salt = ''): string {
  const hash = createHash('sha256').update(salt);
  for (const path of paths) if (existsSync(join(root, path))) addPath(hash, root, path);
  return hash.digest('hex');
}
