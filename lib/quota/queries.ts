import { cache } from 'react';
import { currentUser, currentVendor } from '#lib/auth/door/current.ts';
import { findQuota, findVendorQuota } from './store.ts';
import { type QuotaView, toQuotaView, toVendorQuotaView, type VendorQuotaView } from './view.ts';

/** The signed-in user's quota, read once a request; null for everybody else. */
export const getQuotaView = cache(async (): Promise<QuotaView | null> => {
  const user = await currentUser();
  return user ? toQuotaView(await findQuota(null, user.userId)) : null;
});

/** The signed-in vendor's quota, read once a request; null for everybody else. */
export const getVendorQuotaView = cache(async (): Promise<VendorQuotaView | null> => {
  const vendor = await currentVendor();
  return vendor ? toVendorQuotaView(await findVendorQuota(null, vendor.vendorId)) : null;
});
