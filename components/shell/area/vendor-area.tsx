import { ImagePlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { VendorBell } from '#components/notifications/account-bell.tsx';
import type { CurrentVendor } from '#lib/auth/door/current.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { VendorQuotaView } from '#lib/quota/view.ts';
import { AccountMenu } from '../nav/account-menu.tsx';
import { vendorPlaces } from '../nav/vendor-places.ts';

/** What somebody signed in as a vendor always sees: the room that is left, the bell, and their menu. */
export function VendorArea({ vendor, quota }: { vendor: CurrentVendor; quota: VendorQuotaView | null }) {
  const t = useTranslations('vendorShell');
  const shell = useTranslations('shell');
  const left = quota?.totalRemaining ?? 0;
  return (
    <>
      <Link
        href="/vendor/images"
        aria-label={t('left', { count: left })}
        className="inline-flex h-11 items-center gap-1 rounded-control px-1 text-sm hover:bg-sunken md:gap-1.5 md:px-3 [&_svg]:size-5"
      >
        <ImagePlus aria-hidden="true" />
        <span aria-hidden="true" className="font-semibold">
          {t('number', { count: left })}
        </span>
      </Link>
      <VendorBell />
      <AccountMenu
        kind="vendor"
        who={vendor.businessName}
        words={{
          open: t('menu'),
          signOut: t('signOut'),
          dark: shell('theme.toDark'),
          light: shell('theme.toLight'),
        }}
        links={vendorPlaces.map(({ href, name, icon: Icon }) => ({
          href,
          text: t(`places.${name}`),
          icon: <Icon aria-hidden="true" />,
        }))}
      />
    </>
  );
}
