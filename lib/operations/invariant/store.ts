import type { Tx } from '#lib/db/transact.ts';

/** One offending row, column by column, as text. */
export type Offender = Readonly<Record<string, string | null>>;

/**
 * The rows that an invariant forbids, and how many there are. The query is one of our own constants.
 *
 * @param timeoutMs After which the server gives up.
 */
export async function findOffenders(
  tx: Tx,
  violations: string,
  { timeoutMs, limit }: { timeoutMs: number; limit: number },
): Promise<{ count: number; rows: Offender[] }> {
  await tx.$executeRawUnsafe('SET TRANSACTION READ ONLY');
  await tx.$executeRawUnsafe(`SET LOCAL statement_timeout = ${Math.trunc(timeoutMs)}`);
  const found = await tx.$queryRawUnsafe<{ total: number; row: Record<string, unknown> }[]>(
    `WITH offenders AS (${violations})
     SELECT (SELECT count(*)::int FROM offenders) AS total, to_jsonb(o) AS row FROM offenders o LIMIT ${Math.trunc(limit)}`,
  );
  return {
    count: found[0]?.total ?? 0,
    rows: found.map(({ row }) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
      ),
    ),
  };
}
