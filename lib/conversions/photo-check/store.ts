import { db } from '#lib/db/client.ts';

/** How large the owner's photo is; null when it is not theirs. */
export async function findPhotoSize(
  userId: string,
  imageId: string,
): Promise<{ width: number; height: number } | null> {
  const rows = await db().$queryRaw<{ width: number; height: number }[]>`
    SELECT coalesce(width, 1) AS width, coalesce(height, 1) AS height FROM images
    WHERE id = ${imageId}::uuid AND user_id = ${userId}::uuid AND type = 'user'`;
  return rows[0] ?? null;
}
