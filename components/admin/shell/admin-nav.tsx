import { useTranslations } from 'next-intl';
import { NavLink } from '#components/shell/nav/nav-link.tsx';
import { placeRoles } from '#lib/admin/policy.ts';
import { type AdminRole, hasRole } from '#lib/auth/admin/policy.ts';
import { adminPlaces } from './admin-places.ts';
import { Rail } from './rail.tsx';

/** The places of administration that are somebody's: at the side on a desk, as a rail one can swipe on a phone. */
export function AdminNav({ role }: { role: AdminRole }) {
  const t = useTranslations('admin');
  return (
    <Rail
      label={t('nav')}
      className="border-line bg-surface max-lg:overflow-x-auto max-lg:border-b lg:w-60 lg:shrink-0 lg:self-stretch lg:border-e"
    >
      <div className="lg:sticky lg:top-0 lg:grid lg:gap-4 lg:p-4 lg:pt-6">
        <p className="px-3 text-xs font-semibold text-primary max-lg:hidden">{t('area')}</p>
        <ul className="flex gap-1 max-lg:w-max max-lg:px-4 max-lg:py-2 lg:flex-col">
          {adminPlaces
            .filter(({ name }) => hasRole(role, placeRoles[name]))
            .map(({ href, name, icon: Icon, exact }) => (
              <li key={href}>
                <NavLink
                  href={href}
                  exact={exact ?? false}
                  className="flex h-11 items-center gap-2.5 rounded-control px-3 text-sm whitespace-nowrap text-muted transition-colors duration-quick hover:bg-sunken hover:text-ink aria-[current=page]:bg-primary-soft aria-[current=page]:font-semibold aria-[current=page]:text-primary"
                >
                  <Icon aria-hidden="true" className="size-5" />
                  {t(`places.${name}`)}
                </NavLink>
              </li>
            ))}
        </ul>
      </div>
    </Rail>
  );
}
