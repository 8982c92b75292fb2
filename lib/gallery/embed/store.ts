import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';

/** On which sites shops show their looks. */

export async function findHosts(vendorId: string): Promise<readonly string[]> {
  const row = await db().vendorEmbed.findUnique({ where: { vendorId }, select: { hosts: true } });
  return row?.hosts ?? [];
}

/** Writes the sites of a vendor that is there and not suspended; false when it is not. */
export async function writeHosts(tx: Tx, vendorId: string, hosts: readonly string[]): Promise<boolean> {
  const written = await tx.$executeRaw`
    INSERT INTO vendor_embeds (vendor_id, hosts)
    SELECT id, ${[...hosts]}::text[] FROM vendors WHERE id = ${vendorId}::uuid AND is_active
    ON CONFLICT (vendor_id) DO UPDATE SET hosts = excluded.hosts`;
  return written === 1;
}
