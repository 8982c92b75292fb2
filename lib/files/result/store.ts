import type { Tx } from '#lib/db/transact.ts';

/** Deletes the row of a result; answers the id its bytes are stored under. Null when it is not the user's result. */
export async function deleteResultRow(
  tx: Tx,
  userId: string,
  imageId: string,
): Promise<{ fileId: string | null } | null> {
  const where = { id: imageId, type: 'result', userId };
  const image = await tx.image.findFirst({ where, select: { storedFile: { select: { id: true } } } });
  if (!image) return null;
  const { count } = await tx.image.deleteMany({ where });
  return count === 1 ? { fileId: image.storedFile?.id ?? null } : null;
}
