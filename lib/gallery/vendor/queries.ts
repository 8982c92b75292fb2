import { cache } from 'react';
import { currentVendor } from '#lib/auth/door/current.ts';
import { readVendorProfile, type VendorProfile } from './profile.ts';
import { findBusiness, findHandle } from './store.ts';

/** The signed-in vendor's handle; empty for everybody else. */
export const getOwnHandle = cache(async (): Promise<string> => {
  const vendor = await currentVendor();
  return (vendor && (await findHandle(vendor.vendorId))) ?? '';
});

/** What the signed-in vendor's public page says. */
export type OwnBusiness = VendorProfile & {
  readonly handle: string;
  readonly businessName: string;
  readonly bio: string;
  readonly isVerified: boolean;
};

/** The signed-in vendor's business; null for everybody else. */
export async function getOwnBusiness(): Promise<OwnBusiness | null> {
  const vendor = await currentVendor();
  const row = vendor && (await findBusiness(vendor.vendorId));
  if (!row) return null;
  const { handle, businessName, bio, isVerified } = row;
  return { ...readVendorProfile(row), handle, businessName, bio: bio ?? '', isVerified };
}
