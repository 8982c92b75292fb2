import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';

/** What lies in the trash. Its places in albums are kept and given back by the database. */

/** False when no such image of the vendor's is in the trash. */
export async function takeOutOfTrash(tx: Tx, vendorId: string, imageId: string): Promise<boolean> {
  const { count } = await tx.image.updateMany({
    where: { id: imageId, vendorId, type: 'vendor', deletedAt: { not: null } },
    data: { deletedAt: null },
  });
  return count === 1;
}

/** A vendor's trash, longest there first. */
export async function listTrash(vendorId: string, limit: number): Promise<string[]> {
  const rows = await db().image.findMany({
    where: { vendorId, type: 'vendor', deletedAt: { not: null } },
    orderBy: [{ deletedAt: 'asc' }, { id: 'asc' }],
    take: limit,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** Images that have lain in the trash for so many days. */
export async function listEndedTrash(
  days: number,
  limit: number,
): Promise<{ id: string; vendorId: string }[]> {
  return db().$queryRaw<{ id: string; vendorId: string }[]>`
    SELECT id::text, vendor_id::text AS "vendorId" FROM images
    WHERE deleted_at < now() - make_interval(days => ${days}::int) ORDER BY deleted_at LIMIT ${limit}`;
}
