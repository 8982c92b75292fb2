import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';

/** The colours of shops. */

export async function findColour(vendorId: string): Promise<string | null> {
  const row = await db().vendorBrand.findUnique({ where: { vendorId }, select: { colour: true } });
  return row?.colour ?? null;
}

/** Writes the colour of a vendor that is there and not suspended; false when it is not. */
export async function writeColour(tx: Tx, vendorId: string, colour: string): Promise<boolean> {
  const written = await tx.$executeRaw`
    INSERT INTO vendor_brands (vendor_id, colour)
    SELECT id, ${colour} FROM vendors WHERE id = ${vendorId}::uuid AND is_active
    ON CONFLICT (vendor_id) DO UPDATE SET colour = excluded.colour`;
  return written === 1;
}

/** Back to the colour of the site. */
export async function deleteColour(tx: Tx, vendorId: string): Promise<void> {
  await tx.vendorBrand.deleteMany({ where: { vendorId } });
}
