import type { Tx } from '#lib/db/transact.ts';

/** What a browser calls one wish, however often it has to send it. */

/**
 * The conversions of an account that were asked for under this key, in the order they were asked in; none when it is
 * new.
 */
export async function findRequested(tx: Tx, userId: string, key: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM user_conversions
    WHERE user_id = ${userId}::uuid AND request_key = ${key}::uuid
    ORDER BY request_place`;
  return rows.map(({ id }) => id);
}

/** Writes the key on new conversions, and their places. A unique index refuses the second request with one key. */
export async function noteRequestKey(tx: Tx, ids: readonly string[], key: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE user_conversions c SET request_key = ${key}::uuid, request_place = asked.place - 1
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY AS asked(id, place) WHERE c.id = asked.id`;
}
