import { useTranslations } from 'next-intl';
import type { Seal } from '#lib/core/env/seal-env.ts';
import { Link } from '#lib/core/i18n/navigation.ts';
import { Mark } from './mark.tsx';

const pages = ['explore', 'styles', 'plans', 'privacy', 'terms', 'contact', 'developers'] as const;

/** A calm end: the name, where else one may go, and the seal of trust where the operator has one. */
export function Footer({ seal }: { seal: Seal | null }) {
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
        {seal && (
          // Its issuer counts who shows it by the referrer, and refuses a picture that is asked for without.
          <a
            href={seal.page}
            target="_blank"
            rel="noopener"
            referrerPolicy="origin"
            className="shrink-0 self-start rounded-md bg-white p-1 md:self-auto"
          >
            {/* biome-ignore lint/performance/noImgElement: it is served by its issuer, in the size shown. */}
            <img
              src={seal.picture}
              alt={t('seal')}
              width={75}
              height={75}
              loading="lazy"
              referrerPolicy="origin"
              className="size-[75px] object-contain"
            />
          </a>
        )}
      </div>
    </footer>
  );
}
