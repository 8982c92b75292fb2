import type { ReactNode } from 'react';
import { ByArea } from '#components/shell/area/by-area.tsx';
import { VendorPhoneNav, VendorSideNav } from '#components/shell/nav/vendor-nav.tsx';
import { currentVendor } from '#lib/auth/door/current.ts';
import { getOwnHandle } from '#lib/gallery/vendor/queries.ts';
import { getVendorQuotaView } from '#lib/quota/queries.ts';

/** The vendor's area: its places beside every page of it, once somebody is signed in. */
export default async function VendorLayout({ children }: { children: ReactNode }) {
  const vendor = await currentVendor();
  if (!vendor) return children;
  const [quota, handle] = await Promise.all([getVendorQuotaView(), getOwnHandle()]);
  return (
    <>
      <div className="flex grow">
        <ByArea
          vendor={<VendorSideNav businessName={vendor.businessName} handle={handle} quota={quota} />}
          others={null}
        />
        <div className="flex min-w-0 grow flex-col">{children}</div>
      </div>
      <ByArea vendor={<VendorPhoneNav />} others={null} />
    </>
  );
}
