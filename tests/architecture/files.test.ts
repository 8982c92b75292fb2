import { expect, it } from 'vitest';
import { sourceFiles } from './imports.ts';

const files = sourceFiles('app', 'components', 'lib', 'scripts');

/** Who may take bytes away: where the outcome of the transaction is known, and the caretaker who compares both sides. */
const mayRemove = ['lib/files/storage/commit-files.ts'];

it('lets stored files go in one place only, where the outcome of their transaction is known', () => {
  // The types do the rest: `FileStore` has no `remove`, and both kinds of store are opened in open-store.ts alone.
  const wrong = files
    .filter(
      ({ path, text }) => !path.startsWith('lib/files/storage/') && /fileRemover|FileRemover/.test(text),
    )
    .map(({ path }) => path);
  expect(wrong).toEqual([]);
  const inside = files
    .filter(
      ({ path, text }) => path.startsWith('lib/files/storage/') && /fileRemover\(\)\s*\.remove/.test(text),
    )
    .map(({ path }) => path);
  expect(inside).toEqual(mayRemove);
});

it('opens a store, which could remove, nowhere but in open-store.ts and the inventories of the sweep', () => {
  const openers = files
    .filter(({ text }) => /\bcreate(Local|Hosted|S3)Store\(/.test(text))
    .map(({ path }) => path)
    .filter((path) => !/^lib\/files\/storage\/(open|local|hosted|s3)-store\.ts$/.test(path));
  expect(openers).toEqual(['lib/files/sweep/hosted-inventory.ts']);
});

it('has no transaction beside `transact`, which knows what became of a lost commit', () => {
  const wrong = files
    .filter(({ path, text }) => path !== 'lib/db/transact.ts' && /\$transaction\(/.test(text))
    .map(({ path }) => path);
  expect(wrong).toEqual([]);
});
