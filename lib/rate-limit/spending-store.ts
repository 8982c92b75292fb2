import type { SpendingPurpose } from '#lib/core/env/spending-env.ts';
import type { Tx } from '#lib/db/transact.ts';

/**
 * What was spent, by days of Tehran. Exact: the database decides and counts in one statement, in parts, so that those who
 * spend do not wait for each other (`spending_parts`).
 */

type Limits = { readonly limit: number | null; readonly ceiling: number | null };

/** Counts one call if it fits; answers the day that it was counted on, `YYYY-MM-DD`, or null. */
export async function admit(
  tx: Tx,
  purpose: SpendingPurpose,
  { rials, limit, ceiling }: Limits & { rials: number },
): Promise<string | null> {
  const [row] = await tx.$queryRaw<{ isIn: boolean; day: string }[]>`
    SELECT visit_day()::text AS day, admit_spending(${purpose}, 1, ${rials}::bigint, ${limit}::bigint, ${ceiling}::bigint) AS "isIn"`;
  return row?.isIn ? row.day : null;
}

/** Undoes one call of a day. */
export async function takeBack(
  tx: Tx,
  purpose: SpendingPurpose,
  { day, rials }: { day: string; rials: number },
): Promise<void> {
  await tx.$executeRaw`SELECT take_back_spending(${day}::date, ${purpose}, ${rials}::bigint)`;
}

/** The first call of a conversion takes the place of its admission, at its own price; further ones come on top. */
export async function countCall(
  tx: Tx,
  conversionId: string,
  { price, limit }: { price: number; limit: number | null },
): Promise<void> {
  await tx.$executeRaw`SELECT count_engine_call(${conversionId}::uuid, ${price}::bigint, ${limit}::bigint)`;
}

/** Undoes one call; the first is an admission again. */
export async function takeBackCall(tx: Tx, conversionId: string, price: number): Promise<void> {
  await tx.$executeRaw`SELECT take_back_engine_call(${conversionId}::uuid, ${price}::bigint)`;
}

/** Undoes an admission that no call has used. */
export async function releaseCall(tx: Tx, conversionId: string): Promise<void> {
  await tx.$executeRaw`SELECT release_engine_call(${conversionId}::uuid)`;
}

/** What one conversion was admitted for, in Rials, or what its first call cost. */
export async function findAdmitted(tx: Tx, conversionId: string): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ rials: number }[]>`
    SELECT rials::float8 AS rials FROM engine_spendings WHERE conversion_id = ${conversionId}::uuid`;
  return row?.rials ?? null;
}

/** Deletes admissions of two days ago and before whose conversion has ended; answers how many, at most `limit`. */
export async function deleteSettledSpendings(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM engine_spendings WHERE conversion_id IN (
      SELECT s.conversion_id FROM engine_spendings s
      WHERE s.day < visit_day() - 1 AND NOT EXISTS (
        SELECT 1 FROM user_conversions c WHERE c.id = s.conversion_id AND c.status IN ('pending', 'processing'))
      LIMIT ${limit})`;
}

/** Adds the parts of days that are over to their rows; answers how many days. */
export async function closeDays(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ closed: number }[]>`SELECT close_spending_days() AS closed`;
  return row?.closed ?? 0;
}

export type SpentToday = {
  readonly calls: number;
  readonly rials: number;
  readonly secondsLeft: number;
  readonly warnedAt: Date | null;
  readonly pausedAt: Date | null;
};

/** Today's spending, and how long today still is in Tehran. */
export async function findToday(tx: Tx, purpose: SpendingPurpose): Promise<SpentToday> {
  const [row] = await tx.$queryRaw<SpentToday[]>`
    SELECT coalesce(s.calls, 0) AS calls, coalesce(s.rials, 0)::float8 AS rials, s.warned_at AS "warnedAt",
      s.paused_at AS "pausedAt",
      ceil(extract(epoch FROM ((visit_day() + 1)::timestamp AT TIME ZONE 'Asia/Tehran') - clock_timestamp()))::int AS "secondsLeft"
    FROM (SELECT 1) one LEFT JOIN spent_days s ON s.day = visit_day() AND s.purpose = ${purpose}`;
  if (!row) throw new Error('no row of spending');
  return row;
}
