import { OwnWords } from '#components/ui/own-words.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { VendorCard as Vendor } from '#lib/gallery/explore/explore-gallery.ts';
import { profilePath } from '#lib/gallery/public/paths.ts';
import { VendorAvatar } from '../vendor-avatar.tsx';
import { VendorName } from '../vendor-name.tsx';

/** A vendor in a list. */
export function VendorCard({ vendor }: { vendor: Vendor }) {
  return (
    <Link
      id={`vendor-${vendor.id}`}
      href={profilePath(vendor.handle)}
      className="group flex h-full min-w-0 items-center gap-4 rounded-card border border-line bg-surface p-4"
    >
      <VendorAvatar url={vendor.avatarUrl} name={vendor.name} className="size-14 text-lg" />
      <span className="min-w-0">
        <span className="block truncate font-semibold group-hover:text-primary">
          <VendorName name={vendor.name} isVerified={vendor.isVerified} />
        </span>
        {vendor.city ? (
          <span className="block truncate text-sm text-muted">
            <OwnWords>{vendor.city}</OwnWords>
          </span>
        ) : null}
        {vendor.bio ? (
          <span className="line-clamp-2 text-sm text-muted">
            <OwnWords>{vendor.bio}</OwnWords>
          </span>
        ) : (
          <span dir="ltr" className="block truncate text-start text-sm text-muted">
            @{vendor.handle}
          </span>
        )}
      </span>
    </Link>
  );
}
