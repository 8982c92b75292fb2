import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, Suspense } from 'react';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Brand } from './brand.tsx';
import { LocaleSwitch } from './locale-switch.tsx';
import { NavLink } from './nav-link.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

const forEveryone = ['styles', 'plans'] as const;
const forUsers = ['studio', 'conversions', 'styles', 'plans'] as const;

/** `account` is what stands at the end for somebody signed in: quota and menu. Without it: the way in. */
export function Header({ account }: { account?: ReactNode }) {
  const t = useTranslations('shell');
  const other = useLocale() === 'fa' ? 'en' : 'fa';
  return (
    <header className="border-b border-line">
      <div className="page flex h-16 items-center gap-2 md:h-18 md:gap-4 lg:gap-8">
        <Brand compact={Boolean(account)} />
        <nav aria-label={t('main')} className="hidden grow md:block">
          <ul className="flex gap-1">
            {(account ? forUsers : forEveryone).map((page) => (
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
        <div className="-me-3 ms-auto flex items-center gap-0.5 md:gap-1">
          <Suspense>
            <LocaleSwitch to={other} name={t(`locales.${other}`)} label={t(`readIn.${other}`)} />
          </Suspense>
          <ThemeSwitch label={t('theme')} />
          {account ?? (
            <>
              <ButtonLink href="/login" variant="quiet" className="px-3">
                {t('login')}
              </ButtonLink>
              <span className="me-3 ms-2 hidden md:block">
                <ButtonLink href="/signup">{t('signup')}</ButtonLink>
              </span>
            </>
          )}
        </div>
      </div>
    </header>
  );
}
