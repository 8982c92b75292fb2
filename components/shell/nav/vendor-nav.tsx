import { ExternalLink } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { VendorQuotaView } from '#lib/quota/view.ts';
import { NavLink } from './nav-link.tsx';
import { vendorPlaces } from './vendor-places.ts';
import { VendorQuota } from './vendor-quota.tsx';

type Props = { businessName: string; handle: string; quota: VendorQuotaView | null };

/** On a desk: the vendor's places at the side, with the room that is left under them. */
export function VendorSideNav({ businessName, handle, quota }: Props) {
  const t = useTranslations('vendorShell');
  return (
    <aside
      aria-label={t('area')}
      className="w-62 shrink-0 self-stretch border-e border-line bg-surface max-lg:hidden"
    >
      <div className="sticky top-0 grid gap-6 p-4 pt-6">
        <div className="grid gap-0.5 px-3">
          <p className="text-xs font-semibold text-primary">{t('area')}</p>
          <p className="min-w-0 font-semibold">
            <OwnWords className="block w-fit max-w-full truncate">{businessName}</OwnWords>
          </p>
        </div>
        <nav aria-label={t('nav')}>
          <ul className="grid gap-1">
            {vendorPlaces.map(({ href, name, icon: Icon, exact }) => (
              <li key={href}>
                <NavLink
                  href={href}
                  exact={exact ?? false}
                  className="flex h-11 items-center gap-3 rounded-control px-3 text-sm text-muted transition-colors duration-quick hover:bg-sunken hover:text-ink aria-[current=page]:bg-primary-soft aria-[current=page]:font-semibold aria-[current=page]:text-primary"
                >
                  <Icon aria-hidden="true" className="size-5" />
                  {t(`places.${name}`)}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        {quota ? <VendorQuota quota={quota} /> : null}
        <Link
          href={`/g/${handle}`}
          className="flex min-h-11 items-center gap-3 rounded-control px-3 text-sm text-lapis hover:bg-sunken"
        >
          <ExternalLink aria-hidden="true" className="size-5 rtl:-scale-x-100" />
          {t('publicPage')}
        </Link>
      </div>
    </aside>
  );
}

const onPhone = vendorPlaces.filter(({ isWideOnly }) => !isWideOnly);

/** On a phone: the same places within reach of the thumb. */
export function VendorPhoneNav() {
  const t = useTranslations('vendorShell');
  return (
    <nav
      aria-label={t('nav')}
      className="fixed short:static inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      <ul className="mx-auto grid max-w-text grid-cols-5">
        {onPhone.map(({ href, name, icon: Icon, exact }) => (
          <li key={href}>
            <NavLink
              href={href}
              exact={exact ?? false}
              className="grid h-15 place-content-center justify-items-center gap-0.5 text-xs text-muted aria-[current=page]:font-semibold aria-[current=page]:text-primary"
            >
              <Icon aria-hidden="true" className="size-5.5" />
              {t(`short.${name}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Keeps the end of the document, below its footer, free of the bar. */
export function VendorBarSpace() {
  return (
    <div
      aria-hidden="true"
      className="h-[calc(3.75rem+env(safe-area-inset-bottom))] shrink-0 short:hidden lg:hidden"
    />
  );
}
