import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { PictureType } from '../policy.ts';

/** Files of vendors' images as they were sent. Each is a stored file of its own, of which `original` is the only size. */

/** An AVIF size is not looked for of what is shown nowhere. */
const noLaterSizes = 3;

/** Writes a sent file beside its image. The database refuses it, with `quota.originalsFull`, where there is no space left. */
export async function insertSentFile(
  tx: Tx,
  vendorId: string,
  imageId: string,
  sent: {
    readonly fileId: string;
    readonly byteSize: number;
    readonly sha256: string;
    readonly type: PictureType;
  },
): Promise<void> {
  const { fileId, byteSize, sha256, type } = sent;
  await tx.$executeRaw`
    INSERT INTO stored_files (id, vendor_id, sent_of, sent_type, byte_size, sha256, variants, later_tries)
    VALUES (${fileId}, ${vendorId}::uuid, ${imageId}::uuid, ${type}, ${byteSize}::bigint, ${sha256},
      jsonb_build_object('original', jsonb_build_object('bytes', ${byteSize}::bigint)), ${noLaterSizes}::smallint)`;
}

/** What a vendor may keep of sent files, and keeps, in bytes. */
export type SentSpace = { readonly space: number; readonly used: number };

export async function findSentSpace(vendorId: string): Promise<SentSpace> {
  const [row] = await db().$queryRaw<[SentSpace]>`
    SELECT space::float8, used::float8 FROM get_sent_space(${vendorId}::uuid)`;
  return row;
}

/** A sent file as it is served. */
export type SentFile = { readonly fileId: string; readonly type: string; readonly bytes: number };

/** The sent file of one of the vendor's images, with the name it came under; null when none is kept. */
export async function findOwnSentFile(
  vendorId: string,
  imageId: string,
): Promise<(SentFile & { readonly fileName: string }) | null> {
  const rows = await db().$queryRaw<(SentFile & { fileName: string })[]>`
    SELECT f.id AS "fileId", f.sent_type AS type, f.byte_size::int AS bytes, i.file_name AS "fileName"
      FROM stored_files f JOIN images i ON i.id = f.sent_of AND i.vendor_id = f.vendor_id
     WHERE f.sent_of = ${imageId}::uuid AND f.vendor_id = ${vendorId}::uuid`;
  return rows[0] ?? null;
}

/** Deletes the sent files of these images of the vendor's; answers the ids their bytes are stored under. */
export async function deleteSentFiles(
  tx: Tx,
  vendorId: string,
  imageIds: readonly string[],
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    DELETE FROM stored_files WHERE vendor_id = ${vendorId}::uuid AND sent_of = ANY (${[...imageIds]}::uuid[]) RETURNING id`;
  return rows.map(({ id }) => id);
}
