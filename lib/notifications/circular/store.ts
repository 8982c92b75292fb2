import type { Tx } from '#lib/db/transact.ts';

/** Notices of the operators to one account, a group or all: what they say, and how far they are. */

export type AudienceKind = 'one' | 'all' | 'users' | 'vendors' | 'planned' | 'shops';

/** In each language. */
export type CircularWords = {
  readonly titleFa: string;
  readonly titleEn: string;
  readonly textFa: string;
  readonly textEn: string;
};

/** What circulars say, by their ids; those that are gone are left out. */
export async function listCircularWords(tx: Tx, ids: readonly string[]): Promise<Map<string, CircularWords>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.circular.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, titleFa: true, titleEn: true, textFa: true, textEn: true },
  });
  return new Map(rows.map(({ id, ...words }) => [id, words]));
}

/** Circulars that are under way, the first ones first. */
export async function listOpenCirculars(tx: Tx, limit: number): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM circulars WHERE stopped_at IS NULL AND finished_at IS NULL ORDER BY created_at, id LIMIT ${limit}`;
  return rows.map(({ id }) => id);
}

/** Tells the next ones of a circular; how many, or null when nothing is left, or another process sends it now. */
export async function sendNext(tx: Tx, id: string, limit: number): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ told: number | null }[]>`
    SELECT send_circular(${id}::uuid, ${limit}::int) AS told`;
  return row?.told ?? null;
}
