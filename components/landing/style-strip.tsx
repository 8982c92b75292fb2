import { ArrowRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { StyleCard } from '#components/styles/style-card.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import type { StyleName } from '#lib/styles/catalogue.ts';

/** The same portrait through several styles, as a strip one can push along. */
export function StyleStrip({ styles }: { styles: readonly StyleName[] }) {
  const t = useTranslations('home.strip');
  return (
    <section className="border-y border-line bg-surface py-14 md:py-20">
      <div className="page flex flex-wrap items-end justify-between gap-x-8 gap-y-3">
        <div>
          <h2 className="text-xl font-extrabold md:text-2xl">{t('title')}</h2>
          <p className="mt-2 text-muted">{t('text')}</p>
        </div>
        <Link
          href="/styles"
          className="inline-flex items-center gap-2 rounded-sm font-semibold text-primary underline-offset-4 hover:underline"
        >
          {t('all')}
          <ArrowRight aria-hidden="true" className="size-4 rtl:-scale-x-100" />
        </Link>
      </div>
      <ul className="rail bleed mt-8 gap-4 pb-1 md:gap-6">
        {styles.map((style) => (
          <li key={style} className="w-40 shrink-0 snap-start md:w-56">
            <StyleCard style={style} sizes="224px" brief />
          </li>
        ))}
      </ul>
    </section>
  );
}
