import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { invariants } from '#lib/db/invariants.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';

/** Nothing that must always hold is broken: the queries of `npm run check:invariants`. */
export async function expectInvariants(database: TestDatabase): Promise<void> {
  for (const { name, violations } of invariants) {
    expect(await database.query(violations), name).toEqual([]);
  }
}

/** The same, and the bytes of every picture are where its row says, under the data folder of this test. */
export async function expectWhole(database: TestDatabase): Promise<void> {
  await expectInvariants(database);
  const rows = await database.query<{ id: string }>('SELECT id FROM stored_files');
  if (rows.length === 0) return;
  const entries = readdirSync(join(process.env.DATA_DIR ?? '', 'files'), {
    recursive: true,
    encoding: 'utf8',
  });
  const stored = new Set(entries.map((path) => path.split('/')[2]));
  expect(
    rows.filter(({ id }) => !stored.has(id)),
    'the files of every picture are there',
  ).toEqual([]);
}
