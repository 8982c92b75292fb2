import { succeed } from '#lib/core/result.ts';
import { type InvariantKey, invariants } from '#lib/db/invariants.ts';
import { sqlError } from '#lib/db/sql-errors.ts';
import { transact } from '#lib/db/transact.ts';
import { invariantTimeoutMs, offendersAtMost } from './policy.ts';
import { findOffenders, type Offender } from './store.ts';

/** How one thing that must always hold stands. `late`: it could not be read in time, which says nothing about it. */
export type Checked = {
  readonly key: InvariantKey;
  readonly name: string;
  readonly state: 'holds' | 'broken' | 'late';
  readonly tookMs: number;
  /** How many rows break it, and the first of them. */
  readonly count: number;
  readonly rows: readonly Offender[];
};

const cancelled = '57014';

/**
 * Asks the database whether everything that must always hold does, one after the other. Reads whole tables and writes
 * nothing.
 *
 * @param timeoutMs How long one of them may take.
 */
export async function checkInvariants(timeoutMs = invariantTimeoutMs): Promise<Checked[]> {
  const checked: Checked[] = [];
  for (const { key, name, violations } of invariants) {
    const began = performance.now();
    const done = (state: Checked['state'], found: { count: number; rows: Offender[] }) =>
      checked.push({ key, name, state, tookMs: Math.round(performance.now() - began), ...found });
    try {
      const found = await transact(
        async (tx) => succeed(await findOffenders(tx, violations, { timeoutMs, limit: offendersAtMost })),
        { patience: 'long' },
      );
      if (!found.ok) throw new Error(found.detail);
      done(found.value.count === 0 ? 'holds' : 'broken', found.value);
    } catch (error) {
      if (sqlError(error)?.state !== cancelled) throw error;
      done('late', { count: 0, rows: [] });
    }
  }
  return checked;
}
