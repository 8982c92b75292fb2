import type { ErrorCode } from '#lib/core/errors.ts';
import { fail, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { type Owner, ownerColumns } from '../image/store.ts';
import type { ImageView } from '../image/view.ts';

/** What an uploader is told in the end. */
export type UploadAnswer = { readonly image: ImageView } | { readonly error: ErrorCode };

export type UploadState = 'open' | 'accepting' | 'done' | 'refused';

/** A claim older than this belongs to a process that died. */
const claimSeconds = 60;

/**
 * Remembers allowed uploads. False when a key is taken: keys have 30 bits of chance, and nobody's picture may
 * ever land in another's upload.
 */
export async function insertUploads(
  uploads: readonly {
    id: string;
    key: string;
    slug: string;
    owner: Owner;
    fileName: string;
    fileSize: number;
    mimeType: string;
  }[],
  metadata: object,
): Promise<boolean> {
  const inserted = await transact(async (tx) => {
    const { count } = await tx.upload.createMany({
      data: uploads.map(({ owner, ...upload }) => ({ ...upload, ...ownerColumns(owner), metadata })),
      skipDuplicates: true,
    });
    return count === uploads.length ? succeed(null) : fail('state.illegal', 'a key of an upload is taken');
  });
  return inserted.ok;
}

/** Remembers an upload that the hosted service has taken in; one that is known already stays as it is. */
export async function noteArrived(
  upload: { id: string; key: string; slug: string; fileName: string; fileSize: number; mimeType: string },
  owner: Owner,
): Promise<void> {
  await db().upload.createMany({
    data: { ...upload, ...ownerColumns(owner), metadata: {} },
    skipDuplicates: true,
  });
}

export type Upload = {
  readonly id: string;
  readonly key: string;
  readonly slug: string;
  readonly fileName: string;
  readonly fileSize: number;
  readonly mimeType: string;
  readonly metadata: unknown;
  readonly state: UploadState;
  readonly answer: UploadAnswer | null;
};

/** The upload that was signed under exactly this id and key. */
export async function findUpload(id: string, key: string): Promise<Upload | null> {
  const row = await db().upload.findFirst({ where: { id, key, expiresAt: { gt: new Date() } } });
  if (!row) return null;
  return {
    id: row.id,
    key: row.key,
    slug: row.slug,
    fileName: row.fileName,
    fileSize: Number(row.fileSize),
    mimeType: row.mimeType,
    metadata: row.metadata,
    state: row.state as UploadState,
    answer: row.answer as UploadAnswer | null,
  };
}

/** True for one caller only, until it answers, gives the upload back, or has been silent for too long. */
export async function claimUpload(id: string): Promise<boolean> {
  const claimed = await db().$executeRaw`
    UPDATE uploads SET state = 'accepting', claimed_at = clock_timestamp(), received_bytes = file_size
    WHERE id = ${id} AND (
      state = 'open'
      OR state = 'accepting' AND claimed_at < clock_timestamp() - make_interval(secs => ${claimSeconds})
    )`;
  return claimed === 1;
}

/** Lets the same bytes be tried again. */
export async function reopenUpload(id: string): Promise<void> {
  await db().upload.updateMany({
    where: { id, state: 'accepting' },
    data: { state: 'open', claimedAt: null },
  });
}

/** Within the transaction that records the image: false when another has already finished this upload. */
export async function finishUpload(tx: Tx, id: string, image: ImageView): Promise<boolean> {
  const { count } = await tx.upload.updateMany({
    where: { id, state: 'accepting' },
    data: { state: 'done', claimedAt: null, answer: { image }, imageId: image.id },
  });
  return count === 1;
}

export async function refuseUpload(id: string, error: ErrorCode): Promise<void> {
  await db().upload.updateMany({
    where: { id, state: { in: ['open', 'accepting'] } },
    data: { state: 'refused', claimedAt: null, answer: { error } },
  });
}

export async function noteReceived(id: string, receivedBytes: number): Promise<void> {
  await db().upload.updateMany({ where: { id, state: 'open' }, data: { receivedBytes } });
}

/** Those of these uploads that are still remembered. */
export async function listKnownUploads(ids: readonly string[]): Promise<Set<string>> {
  const rows = await db().upload.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** Forgets what has run out; answers the ids, whose partial bytes may go too. */
export async function deleteExpiredUploads(limit: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    DELETE FROM uploads WHERE id IN (
      SELECT id FROM uploads WHERE expires_at < clock_timestamp() ORDER BY expires_at LIMIT ${limit}
    ) RETURNING id`;
  return rows.map(({ id }) => id);
}
