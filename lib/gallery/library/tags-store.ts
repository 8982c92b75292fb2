import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import { galleryLimits } from '../policy.ts';

/** The tags of a vendor's images. */

/**
 * Adds tags to images, spelled as here also where they had them already, and takes others off however they are spelled; at most
 * as many as an image may have. How many images were the vendor's.
 */
export async function updateTags(
  tx: Tx,
  vendorId: string,
  imageIds: readonly string[],
  { add, remove }: { add: readonly string[]; remove: readonly string[] },
): Promise<number> {
  return tx.$executeRaw`
    UPDATE images i SET shown_tags = ARRAY(
      SELECT (array_agg(tag ORDER BY place DESC))[1]
      FROM unnest(coalesce(i.shown_tags, i.tags) || ${[...add]}::text[]) WITH ORDINALITY AS u (tag, place)
      WHERE normalize_search(tag) <> ALL (ARRAY(SELECT normalize_search(gone) FROM unnest(${[...remove]}::text[]) gone))
      GROUP BY normalize_search(tag) ORDER BY min(place) LIMIT ${galleryLimits.maxTags}
    )
    WHERE i.vendor_id = ${vendorId}::uuid AND i.type = 'vendor' AND i.deleted_at IS NULL
      AND i.id = ANY (${[...imageIds]}::uuid[])`;
}

/** Among how many of a vendor's newest images tags are counted. */
const newest = 1000;

/** The tags that a vendor's newest images carry, most used first. */
export async function listTagRows(
  vendorId: string,
  limit: number,
): Promise<{ tag: string; count: number }[]> {
  return db().$queryRaw<{ tag: string; count: number }[]>`
    SELECT mode() WITHIN GROUP (ORDER BY tag COLLATE "C" DESC) AS tag, count(*)::int AS count
    FROM (
      SELECT coalesce(i.shown_tags, i.tags) AS tags FROM images i
      WHERE i.vendor_id = ${vendorId}::uuid AND i.type = 'vendor' AND i.deleted_at IS NULL
      ORDER BY i.created_at DESC, i.id DESC LIMIT ${newest}
    ) newest, unnest(newest.tags) AS tag
    GROUP BY normalize_search(tag) ORDER BY count(*) DESC, 1 LIMIT ${limit}`;
}
