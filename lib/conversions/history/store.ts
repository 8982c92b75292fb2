import { decide } from '#lib/db/decide.ts';
import type { Tx } from '#lib/db/transact.ts';

/** What people write on their conversions. Every statement names the owner; false when there is nothing of theirs. */

export async function writeTitle(userId: string, id: string, title: string | null): Promise<boolean> {
  const write = (tx: Tx) => tx.$executeRaw`
    UPDATE user_conversions SET title = ${title}
    WHERE id = ${id}::uuid AND user_id = ${userId}::uuid AND deleted_at IS NULL`;
  return (await decide(write)) === 1;
}

export async function writeFavourite(userId: string, id: string, isFavourite: boolean): Promise<boolean> {
  const write = (tx: Tx) => tx.$executeRaw`
    UPDATE user_conversions SET is_favourite = ${isFavourite}
    WHERE id = ${id}::uuid AND user_id = ${userId}::uuid AND deleted_at IS NULL`;
  return (await decide(write)) === 1;
}

/**
 * Empties a conversion that has ended and takes it out of the history; its links are revoked by the database.
 * False when it is not there or has not ended.
 */
export async function emptyConversion(tx: Tx, userId: string, id: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE user_conversions
    SET deleted_at = clock_timestamp(), title = NULL, is_favourite = false, result_image_id = NULL
    WHERE id = ${id}::uuid AND user_id = ${userId}::uuid AND deleted_at IS NULL
      AND status IN ('completed', 'failed')`;
  return changed === 1;
}
