import { clsx } from 'clsx';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, Suspense } from 'react';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { ByArea } from './area/by-area.tsx';
import { Brand } from './brand.tsx';
import { LocaleSwitch } from './locale-switch.tsx';
import { NavLink } from './nav/nav-link.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const forEveryone = ['explore', 'styles', 'plans'] as const;
const forUsers = ['studio', 'conversions', 'explore', 'styles', 'plans'] as const;

type Props = {
  /** What stands at the end for somebody signed in as a user: quota and menu. */
  user: ReactNode;
  /** The same for a vendor. Who is both sees the vendor's on the vendor's pages. */
  vendor: ReactNode;
};

/** The head of every page. Without anybody signed in, the way in stands at its end. */
export function Header({ user, vendor }: Props) {
  const t = useTranslations('shell');
  const other = useLocale() === 'fa' ? 'en' : 'fa';
  const wayIn = <WayIn login={t('login')} signup={t('signup')} />;
  return (
    <header className="border-b border-line">
      {/* On a tablet, five places, the quota and the menu leave no more between them. */}
      <div
        className={clsx(
          'page flex h-16 items-center gap-2 md:h-18 lg:gap-8',
          user || vendor ? null : 'md:gap-4',
        )}
      >
        <Brand compact={Boolean(user || vendor)} />
        <nav aria-label={t('main')} className="hidden grow md:block">
          <ul className="flex gap-1">
            {(user ? forUsers : forEveryone).map((page) => (
              <li key={page}>
                <NavLink
                  href={`/${page}`}
                  className="inline-flex h-11 items-center rounded-control px-3 text-sm text-muted lg:px-3.5 transition-colors duration-quick hover:text-ink aria-[current=page]:font-semibold aria-[current=page]:text-ink"
                >
                  {t(`pages.${page}`)}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className="-me-3 ms-auto flex items-center gap-0.5 lg:gap-1">
          <Suspense>
            <LocaleSwitch to={other} name={t(`locales.${other}`)} label={t(`readIn.${other}`)} />
          </Suspense>
          {/* On the narrowest screens it stands in the menu of somebody signed in. */}
          <ThemeSwitch
            words={{ dark: t('theme.toDark'), light: t('theme.toLight') }}
            className={user || vendor ? 'max-[22.45rem]:hidden' : undefined}
          />
          {user && vendor ? <ByArea vendor={vendor} others={user} /> : (user ?? vendor ?? wayIn)}
        </div>
      </div>
    </header>
  );
}

function WayIn({ login, signup }: { login: string; signup: string }) {
  return (
    <>
      <span className="hidden md:block">
        <ButtonLink href="/login" variant="quiet" className="px-3">
          {login}
        </ButtonLink>
      </span>
      <span className="me-3 ms-2 hidden md:block">
        <ButtonLink href="/signup">{signup}</ButtonLink>
      </span>
    </>
  );
}
