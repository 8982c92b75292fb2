import { db, patientDb } from '#lib/db/client.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';

/** Raise it when recipes change: older previews are made again. */
export const previewEdition = 1;

/** Which styles of the owner's photo there are previews of; null when it is not theirs. */
export async function findPreviews(userId: string, imageId: string): Promise<string[] | null> {
  const rows = await db().$queryRaw<{ styles: string[] }[]>`
    SELECT ARRAY(
      SELECT style_name FROM style_previews p WHERE p.image_id = i.id AND p.edition = ${previewEdition}
    ) AS styles
    FROM images i
    WHERE i.id = ${imageId}::uuid AND i.user_id = ${userId}::uuid AND i.type = 'user'`;
  return rows[0]?.styles ?? null;
}

/** One preview of the owner's photo, a WebP; null when it is not there or not theirs. */
export async function readPreview(
  userId: string,
  imageId: string,
  style: StyleName,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const rows = await db().$queryRaw<{ bytes: Uint8Array<ArrayBuffer> }[]>`
    SELECT p.bytes FROM style_previews p JOIN images i ON i.id = p.image_id
    WHERE p.image_id = ${imageId}::uuid AND p.style_name = ${style} AND p.edition = ${previewEdition}
      AND i.user_id = ${userId}::uuid AND i.type = 'user'`;
  return rows[0]?.bytes ?? null;
}

/** Of these styles, the ones a photo has no preview of yet; none when the photo is gone. */
export async function listMissingPreviews(
  imageId: string,
  names: readonly StyleName[],
): Promise<StyleName[]> {
  const rows = await db().$queryRaw<{ style: StyleName }[]>`
    SELECT wanted.style FROM images i, unnest(${[...names]}::text[]) WITH ORDINALITY AS wanted(style, place)
    WHERE i.id = ${imageId}::uuid AND i.type = 'user' AND NOT EXISTS (
      SELECT 1 FROM style_previews p
      WHERE p.image_id = i.id AND p.style_name = wanted.style AND p.edition = ${previewEdition}
    )
    ORDER BY wanted.place`;
  return rows.map(({ style }) => style);
}

/** Keeps a preview; does nothing when its photo has gone meanwhile. */
export async function savePreview(imageId: string, style: StyleName, bytes: Buffer): Promise<void> {
  await db().$executeRaw`
    INSERT INTO style_previews (image_id, style_name, edition, bytes)
    SELECT id, ${style}, ${previewEdition}, ${bytes} FROM images WHERE id = ${imageId}::uuid FOR KEY SHARE
    ON CONFLICT (image_id, style_name)
    DO UPDATE SET edition = excluded.edition, bytes = excluded.bytes, created_at = clock_timestamp()`;
}

/** Deletes previews that were made a week ago: they are made again when somebody looks. Answers how many. */
export async function deleteOldPreviews(): Promise<number> {
  return patientDb().$executeRaw`
    DELETE FROM style_previews WHERE created_at < clock_timestamp() - interval '7 days'`;
}

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
