import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { describePage } from '#components/shell/describe-page.ts';
import { StyleCard } from '#components/styles/style-card.tsx';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { type StyleFamily, styles } from '#lib/styles/catalogue.ts';

export async function generateMetadata({
  params,
}: {
  params: Promise<{ locale: Locale }>;
}): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'catalogue' });
  return describePage(locale, { title: t('title'), description: t('text'), path: '/styles' });
}

/** Every style on the same portrait, by family. */
export default async function StylesPage() {
  const t = await getTranslations('catalogue');
  const families = [...new Set<StyleFamily>(styles.map(({ family }) => family))];
  return (
    <main id="main" className="page py-12 md:py-20">
      <h1 className="text-2xl font-extrabold md:text-3xl">{t('title')}</h1>
      <p className="mt-3 max-w-text text-muted">{t('text')}</p>
      {families.map((family) => (
        <section
          key={family}
          className="mt-12 border-line md:mt-16 lg:grid lg:grid-cols-[1fr_4fr] lg:gap-10 lg:border-t lg:pt-8"
        >
          <h2 className="text-lg font-semibold">{t(`families.${family}`)}</h2>
          <ul className="mt-5 grid grid-cols-2 gap-x-4 gap-y-8 md:grid-cols-3 md:gap-x-6 lg:mt-0">
            {styles
              .filter((style) => style.family === family)
              .map(({ name }) => (
                // In two columns a last one without a neighbour has its words beside it, and no hole.
                <li key={name} className="group/style max-md:last:odd:col-span-2">
                  <StyleCard
                    style={name}
                    sizes="(min-width: 64rem) 270px, (min-width: 48rem) 33vw, 50vw"
                    className="max-md:group-last/style:group-odd/style:grid-cols-2 max-md:group-last/style:group-odd/style:items-center max-md:group-last/style:group-odd/style:gap-4"
                  />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </main>
  );
}
