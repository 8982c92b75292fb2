import { currentVendor } from '#lib/auth/door/current.ts';
import { findColour } from './store.ts';

/** The colour of the signed-in vendor's shop; null for the site's own. */
export async function getBrandColour(): Promise<string | null> {
  const vendor = await currentVendor();
  return vendor ? findColour(vendor.vendorId) : null;
}
