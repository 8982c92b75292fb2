import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { ContactWay, OwnOffer } from './kinds.ts';

/** What shops offer with their pictures. */

/** Writes the offer of one of the vendor's pictures; false when there is no such picture outside of the trash. */
export async function upsertOffer(
  tx: Tx,
  vendorId: string,
  imageId: string,
  { priceRials, variants, inStock, link, booking, contact }: OwnOffer,
): Promise<boolean> {
  const written = await tx.$executeRaw`
    INSERT INTO offers (image_id, vendor_id, price_rials, variants, in_stock, link, booking, contact)
    SELECT i.id, i.vendor_id, ${priceRials}::bigint, ${[...variants]}::text[], ${inStock}::boolean, ${link}::text, ${booking}::text,
           ${contact}::text
      FROM images i
     WHERE i.id = ${imageId}::uuid AND i.vendor_id = ${vendorId}::uuid AND i.type = 'vendor' AND i.deleted_at IS NULL
    ON CONFLICT (image_id) DO UPDATE SET price_rials = excluded.price_rials, variants = excluded.variants,
      in_stock = excluded.in_stock, link = excluded.link, booking = excluded.booking, contact = excluded.contact`;
  return written === 1;
}

/** Takes an offer away; false when the vendor has none there. */
export async function deleteOffer(tx: Tx, vendorId: string, imageId: string): Promise<boolean> {
  return (await tx.offer.deleteMany({ where: { imageId, vendorId } })).count === 1;
}

/** Whether the vendor's profile says how to be reached this way. */
export async function hasContact(tx: Tx, vendorId: string, way: ContactWay): Promise<boolean> {
  const rows = await tx.$queryRaw<{ has: boolean }[]>`
    SELECT (CASE ${way}::text WHEN 'phone' THEN contact_info ->> 'phone' ELSE social_links ->> ${way}::text END) IS NOT NULL AS has
      FROM vendors WHERE id = ${vendorId}::uuid`;
  return rows[0]?.has ?? false;
}

/** What is shown of the offer of a picture that visitors see; null when there is none. */
export async function findShownOffer(imageId: string): Promise<unknown> {
  const rows = await db().$queryRaw<{ offer: unknown }[]>`
    SELECT o.offer FROM shown_offers o JOIN visible_images i ON i.id = o.image_id WHERE o.image_id = ${imageId}::uuid`;
  return rows[0]?.offer ?? null;
}
