import type { Tx } from '#lib/db/transact.ts';

/**
 * The coarse copy of the counters that survives a restart. A window begins with its first point, as in the
 * fast store; its beginning is kept to the second, so one window may have two rows. All time is the database's.
 */

export type Spent = { readonly points: number; readonly endsInSeconds: number };

/** What was spent in the window that is open now. */
export async function readSpent(tx: Tx, key: string, seconds: number): Promise<Spent> {
  const [row] = await tx.$queryRaw<Spent[]>`
    SELECT coalesce(sum(count), 0)::int AS points,
      coalesce(ceil(extract(epoch FROM min(window_start) - clock_timestamp()) + ${seconds}::int), 0)::int AS "endsInSeconds"
    FROM rate_limits
    WHERE key = ${key} AND window_start > clock_timestamp() - make_interval(secs => ${seconds}::int)`;
  return row ?? { points: 0, endsInSeconds: 0 };
}

/** Points of one key, in the window that is so old. */
export type SpentPoints = { readonly key: string; readonly ageSeconds: number; readonly points: number };

/** Takes points off the newest window of each key, as far as there are any. */
async function subtractSpendings(tx: Tx, spendings: readonly SpentPoints[]): Promise<void> {
  const keys = spendings.map(({ key }) => key);
  const points = spendings.map((spending) => -spending.points);
  await tx.$executeRaw`
    UPDATE rate_limits r SET count = greatest(0, r.count - s.points)
    FROM unnest(${keys}::text[], ${points}::int[]) AS s(key, points)
    WHERE r.id = (SELECT id FROM rate_limits n WHERE n.key = s.key ORDER BY n.window_start DESC LIMIT 1)`;
}

/**
 * Writes down what was spent since the last time, for many keys at once and always in the same order. Points below zero were
 * given back.
 */
export async function addSpendings(tx: Tx, all: readonly SpentPoints[]): Promise<void> {
  const spendings = all.filter(({ points }) => points > 0);
  const returned = all.filter(({ points }) => points < 0);
  if (returned.length > 0) await subtractSpendings(tx, returned);
  if (spendings.length === 0) return;
  const keys = spendings.map(({ key }) => key);
  const ages = spendings.map(({ ageSeconds }) => ageSeconds);
  const points = spendings.map((spending) => spending.points);
  await tx.$executeRaw`
    INSERT INTO rate_limits (key, window_start, count)
    SELECT s.key, date_trunc('second', at - make_interval(secs => s.age)), s.points
    FROM unnest(${keys}::text[], ${ages}::float8[], ${points}::int[]) AS s(key, age, points), clock_timestamp() AS at
    ORDER BY s.key
    ON CONFLICT (key, window_start) DO UPDATE SET count = rate_limits.count + excluded.count`;
}

/**
 * Spends from a budget in the database itself. Answers the seconds to wait when it is empty, else 0. One
 * statement on one row: of any number at once, no more pass than there are points.
 */
export async function spendInDatabase(
  tx: Tx,
  spend: { readonly key: string; readonly seconds: number; readonly points: number; readonly budget: number },
): Promise<number> {
  const { key, seconds, points, budget } = spend;
  const [row] = await tx.$queryRaw<{ spent: number; wait: number }[]>`
    WITH open AS (
      SELECT min(window_start) AS start, coalesce(sum(count), 0)::int AS points FROM rate_limits
      WHERE key = ${key} AND window_start > clock_timestamp() - make_interval(secs => ${seconds}::int)
    ), spent AS (
      INSERT INTO rate_limits (key, window_start, count)
      SELECT ${key}, coalesce(open.start, date_trunc('second', clock_timestamp())), ${points}::int FROM open
      ON CONFLICT (key, window_start) DO UPDATE
        SET count = least(rate_limits.count + excluded.count, ${budget}::int + 1)
      RETURNING count, window_start
    ), apart AS (
      SELECT coalesce(sum(r.count), 0)::int AS points FROM rate_limits r, open
      WHERE r.key = ${key} AND r.window_start > open.start
    )
    SELECT spent.count + apart.points AS spent,
      greatest(1, ceil(extract(epoch FROM spent.window_start - clock_timestamp()) + ${seconds}::int))::int AS wait
    FROM spent, apart`;
  return row && row.spent > budget ? row.wait : 0;
}

/** Deletes counters of windows that reach into no budget any more. Returns how many. */
export async function deleteOldCounts(tx: Tx, keptSeconds: number, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM rate_limits WHERE id IN (
      SELECT id FROM rate_limits WHERE window_start < now() - make_interval(secs => ${keptSeconds})
      ORDER BY window_start LIMIT ${limit} FOR UPDATE SKIP LOCKED)`;
}
