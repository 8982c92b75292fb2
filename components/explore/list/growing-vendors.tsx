'use client';

import type { VendorCard as Vendor } from '#lib/gallery/explore/explore-gallery.ts';
import { type Growing, GrowingList } from './growing-list.tsx';
import { VendorCard } from './vendor-card.tsx';

/** Vendors that were found, in a list that goes on below itself. */
export function GrowingVendors(list: Growing<Vendor>) {
  return (
    <GrowingList {...list} kind="vendor">
      {(vendors) => (
        <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          {vendors.map((vendor) => (
            <li key={vendor.id} className="min-w-0">
              <VendorCard vendor={vendor} />
            </li>
          ))}
        </ul>
      )}
    </GrowingList>
  );
}
