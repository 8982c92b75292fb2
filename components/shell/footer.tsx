import { useTranslations } from 'next-intl';
import { Link } from '#lib/core/i18n/navigation.ts';
import { Mark } from './mark.tsx';

const pages = ['explore', 'styles', 'plans', 'privacy', 'terms', 'contact'] as const;

/** A calm end: the name and where else one may go. */
export function Footer() {
  const t = useTranslations('shell');
  const site = useTranslations('site');
  return (
    <footer className="mt-auto border-t border-line group-has-data-desk/page:hidden">
      <div className="page flex flex-col gap-6 py-10 text-sm text-muted md:flex-row md:items-center md:justify-between">
        <p className="flex items-center gap-2.5">
          <Mark className="size-6" />
          {site('name')}
        </p>
        <nav aria-label={t('footer')}>
          <ul className="flex flex-wrap gap-x-7 gap-y-3">
            {pages.map((page) => (
              <li key={page}>
                <Link
                  href={`/${page}`}
                  className="rounded-sm hover:text-ink hover:underline underline-offset-4"
                >
                  {t(`pages.${page}`)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </footer>
  );
}
