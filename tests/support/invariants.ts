import { expect } from 'vitest';
import { invariants } from '#lib/db/invariants.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';

/** Nothing that must always hold is broken: the queries of `npm run check:invariants`. */
export async function expectInvariants(database: TestDatabase): Promise<void> {
  for (const { name, violations } of invariants) {
    expect(await database.query(violations), name).toEqual([]);
  }
}
