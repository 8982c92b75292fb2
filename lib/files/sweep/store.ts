import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { Owner } from '../image/store.ts';
import type { VariantName } from '../policy.ts';

/** What the sweep of files asks the database. */

/** The mark of the store that belongs to this database; null before the first one was written down. */
export async function findStoreMark(): Promise<string | null> {
  const row = await db().fileStoreMark.findUnique({ where: { isOnly: true }, select: { mark: true } });
  return row?.mark ?? null;
}

/** Writes a mark down unless there is one; answers the one that holds. */
export async function insertStoreMark(mark: string): Promise<string> {
  await db().fileStoreMark.createMany({ data: { mark }, skipDuplicates: true });
  return (await findStoreMark()) ?? mark;
}

/** The ids among these that a row names. */
export async function listKnownFiles(ids: readonly string[]): Promise<Set<string>> {
  const rows = await db().storedFile.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

export async function countStoredFiles(): Promise<number> {
  return db().storedFile.count();
}

export type WatchedFile = {
  fileId: string;
  imageId: string | null;
  /** The image whose file this is as it was sent. */
  sentOf: string | null;
  owner: Owner;
  missingAt: Date | null;
};

/**
 * Stored files that are older than `minAgeSeconds`, in the order of their ids, from behind one of them. What is younger
 * may belong to work that is still going on.
 */
export async function listFilesAfter(
  fileId: string,
  limit: number,
  minAgeSeconds: number,
): Promise<WatchedFile[]> {
  const rows = await db().$queryRaw<
    {
      fileId: string;
      imageId: string | null;
      sentOf: string | null;
      userId: string | null;
      vendorId: string | null;
      missingAt: Date | null;
    }[]
  >`
    SELECT id AS "fileId", image_id::text AS "imageId", sent_of::text AS "sentOf", user_id::text AS "userId", vendor_id::text AS "vendorId",
      missing_at AS "missingAt"
    FROM stored_files
    WHERE id > ${fileId} AND created_at < now() - make_interval(secs => ${minAgeSeconds})
    ORDER BY id LIMIT ${limit}`;
  return rows.map(({ userId, vendorId, ...row }) => ({
    ...row,
    owner: userId === null ? { vendorId: vendorId as string } : { userId },
  }));
}

export type StoredSizes = {
  readonly fileId: string;
  readonly isPublic: boolean;
  readonly sizes: readonly VariantName[];
};

/** The next stored files in order of their ids, with the names of the sizes that are kept of them. */
export async function listSizesAfter(fileId: string, limit: number): Promise<StoredSizes[]> {
  return db().$queryRaw<StoredSizes[]>`
    SELECT id AS "fileId", is_public AS "isPublic", ARRAY(SELECT jsonb_object_keys(variants)) AS sizes
    FROM stored_files WHERE id > ${fileId} ORDER BY id LIMIT ${limit}`;
}

export async function noteFound(fileIds: readonly string[]): Promise<void> {
  await db().storedFile.updateMany({ where: { id: { in: [...fileIds] } }, data: { missingAt: null } });
}

/** Files of results that have been missing for so long, in seconds, that their loss is to be settled. */
export async function listLostResults(missingSeconds: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT f.id FROM stored_files f JOIN images i ON i.id = f.image_id
    WHERE f.missing_at < now() - make_interval(secs => ${missingSeconds})
      AND f.lost_at IS NULL AND i.type = 'result'
    ORDER BY f.missing_at LIMIT 100`;
  return rows.map(({ id }) => id);
}

export type LostFile = {
  imageId: string;
  userId: string | null;
  vendorId: string | null;
  imageType: 'user' | 'vendor' | 'result';
  conversionId: string | null;
  chargeReturned: boolean;
};

/** Settles the loss of a missing file once; null when another has, or the file has gone or was found. */
export async function settleLostFile(tx: Tx, fileId: string): Promise<LostFile | null> {
  const [row] = await tx.$queryRaw<LostFile[]>`
    SELECT image_id::text AS "imageId", user_id::text AS "userId", vendor_id::text AS "vendorId",
      image_type AS "imageType", conversion_id::text AS "conversionId", charge_returned AS "chargeReturned"
    FROM settle_lost_file(${fileId})`;
  return row ?? null;
}

/** Forgets a stored file whose image is gone already. */
export async function deleteFileRow(fileId: string): Promise<void> {
  await db().storedFile.deleteMany({ where: { id: fileId, imageId: null, sentOf: null } });
}

/** Forgets a file as it was sent; its picture stays. False when it has gone already. */
export async function deleteSentRow(tx: Tx, fileId: string): Promise<boolean> {
  return (await tx.storedFile.deleteMany({ where: { id: fileId, sentOf: { not: null } } })).count === 1;
}

/** Notes that nothing names a file at the hosted service; the first time counts. */
export async function noteOrphan(fileId: string): Promise<void> {
  await db().fileOrphan.createMany({ data: { id: fileId }, skipDuplicates: true });
}

/** Files that nothing named since before this moment. */
export async function listOrphansBefore(before: Date): Promise<string[]> {
  const rows = await db().fileOrphan.findMany({ where: { seenAt: { lt: before } }, select: { id: true } });
  return rows.map(({ id }) => id);
}

export async function deleteOrphanNotes(fileIds: readonly string[]): Promise<void> {
  await db().fileOrphan.deleteMany({ where: { id: { in: [...fileIds] } } });
}
