import { Brush, Images, LayoutGrid, Store, SwatchBook, UserRound, Wallet } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { NavLink } from './nav-link.tsx';

const places = {
  user: [
    { href: '/studio', name: 'studio', icon: Brush },
    { href: '/conversions', name: 'conversions', icon: Images },
    { href: '/explore', name: 'explore', icon: Store },
    { href: '/plans', name: 'plans', icon: Wallet },
  ],
  visitor: [
    { href: '/styles', name: 'styles', icon: SwatchBook },
    { href: '/explore', name: 'explore', icon: Store },
    { href: '/plans', name: 'plans', icon: Wallet },
    { href: '/login', name: 'login', icon: UserRound },
  ],
  vendor: [
    { href: '/vendor', name: 'desk', icon: LayoutGrid },
    { href: '/explore', name: 'explore', icon: Store },
    { href: '/styles', name: 'styles', icon: SwatchBook },
    { href: '/plans', name: 'plans', icon: Wallet },
  ],
} as const;

/** On a phone, the four places one goes to most, within reach of the thumb. */
export function PhoneNav({ of }: { of: keyof typeof places }) {
  const t = useTranslations('shell');
  return (
    <>
      {/* Keeps the end of the page free of the bar. */}
      <div
        aria-hidden="true"
        className="h-[calc(3.75rem+env(safe-area-inset-bottom))] shrink-0 short:hidden md:hidden"
      />
      <nav
        aria-label={t('main')}
        className="fixed short:static inset-x-0 bottom-0 z-30 border-t border-line bg-surface pb-[env(safe-area-inset-bottom)] md:hidden"
      >
        <ul className="grid grid-cols-4">
          {places[of].map(({ href, name, icon: Icon }) => (
            <li key={href}>
              <NavLink
                href={href}
                className="grid h-15 place-content-center justify-items-center gap-0.5 text-xs text-muted aria-[current=page]:font-semibold aria-[current=page]:text-primary"
              >
                <Icon aria-hidden="true" className="size-5.5" />
                {t(`pages.${name}`)}
              </NavLink>
            </li>
          ))}
        </ul>
      </nav>
    </>
  );
}
