import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { Verdict } from './store.ts';

/** Images on their way to everybody's eyes. */

export type PublicationRow = {
  readonly scores: Verdict['scores'] | null;
  readonly isVerified: boolean;
  /** A person has accepted this very image. */
  readonly isSeen: boolean;
  /** How many first images of the vendor a person has accepted, as far as it matters. */
  readonly firstSeen: number;
};

/** What decides whether somebody has to look; null when the image is not this vendor's. */
export async function findPublication(
  vendorId: string,
  imageId: string,
  firstPictures: number,
): Promise<PublicationRow | null> {
  const [row] = await db().$queryRaw<PublicationRow[]>`
    SELECT i.scores, v.is_verified AS "isVerified",
      EXISTS (SELECT 1 FROM moderation_cases c
        WHERE c.image_id = i.id AND c.decision = 'accepted' AND c.reason <> 'unchecked') AS "isSeen",
      (SELECT count(*)::int FROM (
        SELECT 1 FROM images o JOIN moderation_cases c ON c.image_id = o.id
        WHERE o.vendor_id = v.id AND c.reason = 'first' AND c.decision = 'accepted' LIMIT ${firstPictures}
      ) seen) AS "firstSeen"
    FROM images i JOIN vendors v ON v.id = i.vendor_id
    WHERE i.id = ${imageId}::uuid AND i.vendor_id = ${vendorId}::uuid AND i.type = 'vendor'`;
  return row ?? null;
}

/**
 * Has an image that visitors do not see wait for a person; false when it waits already, is shown or was refused.
 */
export async function openPublicCase(
  tx: Tx,
  imageId: string,
  reason: 'first' | 'suggestive' | 'reported',
  scores: Verdict['scores'] = {},
): Promise<boolean> {
  const held = await tx.$executeRaw`
    UPDATE images SET moderation = 'waiting'
    WHERE id = ${imageId}::uuid AND NOT is_public AND moderation = 'accepted'`;
  if (held !== 1) return false;
  await tx.$executeRaw`
    INSERT INTO moderation_cases (image_id, reason, scores)
    VALUES (${imageId}::uuid, ${reason}, ${JSON.stringify(scores)}::jsonb)
    ON CONFLICT (image_id) WHERE decision IS NULL DO NOTHING`;
  return true;
}
