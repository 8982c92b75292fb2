import { currentVendor } from '#lib/auth/door/current.ts';
import { findHosts } from './store.ts';

/** The sites on which the signed-in vendor shows its looks; none for everybody else. */
export async function getEmbedHosts(): Promise<readonly string[]> {
  const vendor = await currentVendor();
  return vendor ? findHosts(vendor.vendorId) : [];
}
