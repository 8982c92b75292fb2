import type { ErrorCode } from '#lib/core/errors.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { decide } from '#lib/db/decide.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { type Owner, ownerColumns } from '../image/store.ts';
import type { ImageView } from '../image/view.ts';
import { uploadLimits } from '../policy.ts';

/** What an uploader is told in the end. */
export type UploadAnswer = { readonly image: ImageView } | { readonly error: ErrorCode };

type UploadState = 'open' | 'accepting' | 'done' | 'refused';

/** A claim older than this belongs to a process that died. */
const claimSeconds = 60;

export type WantedUpload = {
  readonly id: string;
  readonly fileName: string;
  readonly fileSize: number;
  readonly mimeType: string;
};

/** Until its signed address has a key, a row has this in its place. */
const unsignedKey = (id: string) => `unsigned-${id}`;

/** What is open of an owner's uploads, and which of it gave way; the row of the owner is locked. */
async function clearUnfinished(tx: Tx, owner: Owner, uploads: readonly WantedUpload[]) {
  const { userId, vendorId } = ownerColumns(owner);
  if (userId) await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
  else await tx.$queryRaw`SELECT 1 FROM vendors WHERE id = ${vendorId}::uuid FOR NO KEY UPDATE`;
  const names = uploads.map(({ fileName, fileSize }) => `${fileSize} ${fileName}`);
  const gone = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM uploads
    WHERE coalesce(user_id, vendor_id) = ${userId ?? vendorId}::uuid AND state = 'open' AND (
      touched_at < clock_timestamp() - make_interval(secs => ${uploadLimits.idleSeconds})
      OR touched_at < clock_timestamp() - make_interval(secs => ${uploadLimits.againSeconds})
        AND file_size || ' ' || file_name = ANY (${names}::text[])
    ) RETURNING id`;
  const [open] = await tx.$queryRaw<[{ files: number; bytes: number }]>`
    SELECT count(*)::int AS files, coalesce(sum(file_size), 0)::float8 AS bytes FROM uploads
    WHERE coalesce(user_id, vendor_id) = ${userId ?? vendorId}::uuid AND state IN ('open', 'accepting')`;
  return { ...open, gone: gone.map(({ id }) => id) };
}

/**
 * Takes room for uploads before their addresses are signed: what is not finished counts against the quota as if it were,
 * and its bytes have a bound. One that lies still gives way, and so does an attempt at the same file. Answers the ids of those
 * that did; their bytes can go. Fails with `quota.imagesExceeded`, `file.uploadsOpen`.
 *
 * @param countLeft How many images the owner may still have, in this transaction.
 */
export function reserveUploads(
  owner: Owner,
  slug: string,
  uploads: readonly WantedUpload[],
  countLeft: (tx: Tx) => Promise<number>,
): Promise<Result<readonly string[]>> {
  return transact(async (tx) => {
    const open = await clearUnfinished(tx, owner, uploads);
    if (open.files + uploads.length > (await countLeft(tx))) {
      return fail('quota.imagesExceeded', `${open.files} uploads are open`);
    }
    const bytes = uploads.reduce((sum, { fileSize }) => sum + fileSize, open.bytes);
    const most = 'userId' in owner ? uploadLimits.openBytes : uploadLimits.openGalleryBytes;
    if (bytes > most) return fail('file.uploadsOpen', `${bytes} bytes would be open`);
    const { userId, vendorId } = ownerColumns(owner);
    for (const { id, fileName, fileSize, mimeType } of uploads) {
      await tx.$executeRaw`
        INSERT INTO uploads (id, key, slug, user_id, vendor_id, file_name, file_size, mime_type, touched_at, expires_at)
        SELECT ${id}, ${unsignedKey(id)}, ${slug}, ${userId}::uuid, ${vendorId}::uuid, ${fileName}, ${fileSize}::bigint,
          ${mimeType}, now, now + make_interval(hours => ${uploadLimits.openHours}::int) FROM clock_timestamp() AS now`;
    }
    return succeed(open.gone);
  });
}

/**
 * Gives reserved uploads the keys that their addresses are signed with. False when a key is taken: keys have 30 bits of
 * chance, and nobody's image may ever land in another's upload.
 */
export async function nameUploads(
  uploads: readonly { id: string; key: string; slug: string }[],
  metadata: object,
): Promise<boolean> {
  const named = await transact(async (tx) => {
    for (const { id, key, slug } of uploads) {
      const changed = await tx.$executeRaw`
        UPDATE uploads SET key = ${key}, metadata = ${JSON.stringify(metadata)}::jsonb
        WHERE id = ${id} AND key = ${unsignedKey(id)} AND slug = ${slug}
          AND NOT EXISTS (SELECT 1 FROM uploads taken WHERE taken.key = ${key})`;
      if (changed !== 1) return fail('state.illegal', 'a key of an upload is taken');
    }
    return succeed(null);
  });
  return named.ok;
}

/** Gives up uploads whose addresses nobody was told. */
export async function dropUploads(ids: readonly string[]): Promise<void> {
  await db().$executeRaw`DELETE FROM uploads WHERE id = ANY (${[...ids]}::text[]) AND state = 'open'`;
}

/** Remembers an upload that the hosted service has taken in, under its key; one that has a key already stays as it is. */
export async function noteArrived(
  upload: { id: string; key: string; slug: string; fileName: string; fileSize: number; mimeType: string },
  owner: Owner,
): Promise<void> {
  const { userId, vendorId } = ownerColumns(owner);
  const { id, key, slug, fileName, fileSize, mimeType } = upload;
  await db().$executeRaw`
    INSERT INTO uploads (id, key, slug, user_id, vendor_id, file_name, file_size, mime_type)
    VALUES (${id}, ${key}, ${slug}, ${userId}::uuid, ${vendorId}::uuid, ${fileName}, ${fileSize}::bigint, ${mimeType})
    ON CONFLICT (id) DO UPDATE SET key = excluded.key WHERE uploads.key = ${unsignedKey(id)}`;
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

/** An upload that needs no address, because it comes whole. */
export function findUnsigned(id: string): Promise<Upload | null> {
  return findUpload(id, unsignedKey(id));
}

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
  const claim = (tx: Tx) => tx.$executeRaw`
    UPDATE uploads SET state = 'accepting', claimed_at = clock_timestamp(), received_bytes = file_size
    WHERE id = ${id} AND (
      state = 'open'
      OR state = 'accepting' AND claimed_at < clock_timestamp() - make_interval(secs => ${claimSeconds})
    )`;
  return (await decide(claim)) === 1;
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
  const finished = await tx.$executeRaw`
    UPDATE uploads SET state = 'done', claimed_at = NULL, answer = ${JSON.stringify({ image })}::jsonb,
      image_id = ${image.id}::uuid, expires_at = clock_timestamp() + make_interval(hours => ${uploadLimits.keptHours}::int)
    WHERE id = ${id} AND state = 'accepting'`;
  return finished === 1;
}

export async function refuseUpload(id: string, error: ErrorCode): Promise<void> {
  await db().$executeRaw`
    UPDATE uploads SET state = 'refused', claimed_at = NULL, answer = ${JSON.stringify({ error })}::jsonb,
      expires_at = clock_timestamp() + make_interval(hours => ${uploadLimits.keptHours}::int)
    WHERE id = ${id} AND state IN ('open', 'accepting')`;
}

/** Notes that bytes of an upload come, and when it is known how many there are. */
export async function touchUpload(id: string, receivedBytes: number | null = null): Promise<void> {
  await db().$executeRaw`
    UPDATE uploads SET touched_at = clock_timestamp(), received_bytes = coalesce(${receivedBytes}::bigint, received_bytes)
    WHERE id = ${id} AND state = 'open'`;
}

/** The uploads among these that are still remembered. */
export async function listKnownUploads(ids: readonly string[]): Promise<Set<string>> {
  const rows = await db().upload.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return new Set(rows.map(({ id }) => id));
}

/** Forgets what has run out; answers the ids, whose partial bytes may go too. */
export async function deleteExpiredUploads(limit: number): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    DELETE FROM uploads WHERE id IN (
      SELECT id FROM uploads WHERE expires_at < now() ORDER BY expires_at LIMIT ${limit}
    ) RETURNING id`;
  return rows.map(({ id }) => id);
}
