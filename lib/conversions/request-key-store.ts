import type { Tx } from '#lib/db/transact.ts';

/** What a browser calls one wish, however often it has to send it. */

/** The conversions of an account that were asked for under this key, in the order of their photos; none when it is new. */
export async function findRequested(
  tx: Tx,
  userId: string,
  { key, imageIds }: { key: string; imageIds: readonly string[] },
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM user_conversions
    WHERE user_id = ${userId}::uuid AND request_key = ${key}::uuid
    ORDER BY array_position(${imageIds}::uuid[], source_image_id)`;
  return rows.map(({ id }) => id);
}

/** Writes the key on new conversions. A unique index refuses whoever was second with it. */
export async function noteRequestKey(tx: Tx, ids: readonly string[], key: string): Promise<void> {
  await tx.$executeRaw`
    UPDATE user_conversions SET request_key = ${key}::uuid WHERE id = ANY(${ids}::uuid[])`;
}
