import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';

/** Rows of vendors, as far as a gallery says whose it is. */

export async function findHandle(vendorId: string): Promise<string | null> {
  const row = await db().vendor.findUnique({ where: { id: vendorId }, select: { handle: true } });
  return row?.handle ?? null;
}

export async function findBusiness(vendorId: string) {
  return db().vendor.findUnique({
    where: { id: vendorId },
    select: {
      handle: true,
      businessName: true,
      bio: true,
      avatarUrl: true,
      isVerified: true,
      profileInfo: true,
      contactInfo: true,
      socialLinks: true,
    },
  });
}

/** False when the account is gone or suspended. */
export async function updateBusinessRow(
  tx: Tx,
  vendorId: string,
  business: {
    businessName: string;
    bio: string | null;
    profileInfo: Record<string, string | null>;
    contactInfo: Record<string, string | null>;
    socialLinks: Record<string, string>;
  },
): Promise<boolean> {
  return (
    (await tx.vendor.updateMany({ where: { id: vendorId, isActive: true }, data: business })).count === 1
  );
}

/** Gives a vendor another handle; null when the account is gone or suspended, else the handle before. */
export async function updateHandle(tx: Tx, vendorId: string, handle: string): Promise<string | null> {
  const rows = await tx.$queryRaw<{ was: string }[]>`
    WITH before AS (
      SELECT id, handle FROM vendors WHERE id = ${vendorId}::uuid AND is_active FOR NO KEY UPDATE
    )
    UPDATE vendors v SET handle = ${handle}::text FROM before b WHERE v.id = b.id
    RETURNING b.handle AS was`;
  return rows[0]?.was ?? null;
}
