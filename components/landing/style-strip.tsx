import { useTranslations } from 'next-intl';
import { cardSizes } from '#components/files/card-sizes.ts';
import { StyleCard } from '#components/styles/style-card.tsx';
import type { StyleName } from '#lib/styles/catalogue.ts';
import { StripHeading } from './strip-heading.tsx';

/** The same portrait through several styles, as a strip one can push along. */
export function StyleStrip({ styles }: { styles: readonly StyleName[] }) {
  const t = useTranslations('home.strip');
  return (
    <section className="border-y border-line bg-surface py-14 md:py-20">
      <div className="page">
        <StripHeading title={t('title')} text={t('text')} href="/styles" all={t('all')} />
      </div>
      <ul className="rail bleed mt-8 gap-4 pb-1 md:gap-6">
        {styles.map((style) => (
          <li key={style} className="w-40 shrink-0 snap-start md:w-56">
            <StyleCard style={style} sizes={cardSizes(160, 224)} brief />
          </li>
        ))}
      </ul>
    </section>
  );
}
