import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { makersOf } from '#components/files/engine-names.ts';
import { GalleryStrip } from '#components/landing/gallery-strip.tsx';
import { Hero } from '#components/landing/hero.tsx';
import { Prices } from '#components/landing/prices.tsx';
import { Questions } from '#components/landing/questions.tsx';
import { ShopLook } from '#components/landing/shop-look.tsx';
import { StyleStrip } from '#components/landing/style-strip.tsx';
import { describePage } from '#components/shell/describe-page.ts';
import { currentUser } from '#lib/auth/door/current.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { getPhotoTerms } from '#lib/files/photo/queries.ts';
import { listLatestImages } from '#lib/gallery/explore/explore-gallery.ts';
import { listPlansPage } from '#lib/payments/queries.ts';
import { isStyleName, styles } from '#lib/styles/catalogue.ts';

/** The style a visitor meets first: painterly enough to be seen from across the room. */
const heroStyle = ['oil', 'watercolor', 'noir'].find(isStyleName) ?? styles[0].name;

/** As many as one pushes along without tiring, from every family; the catalogue has them all. */
const stripStyles = (
  ['oil', 'watercolor', 'ink', 'popart', 'noir', 'colorPencil', 'riso', 'splash'] as const
).filter(isStyleName);

export async function generateMetadata({
  params,
}: {
  params: Promise<{ locale: Locale }>;
}): Promise<Metadata> {
  const { locale } = await params;
  const t = await getTranslations({ locale, namespace: 'site' });
  return describePage(locale, { title: t('title'), description: t('description'), path: '/', isWhole: true });
}

export default async function HomePage() {
  const [user, latest, plans, terms] = await Promise.all([
    currentUser(),
    listLatestImages(),
    listPlansPage(),
    getPhotoTerms(),
  ]);
  return (
    <main id="main">
      <Hero
        style={heroStyle}
        account={user?.userId ?? null}
        isLocal={makersOf('style', terms.engines).length === 0}
      />
      <StyleStrip styles={stripStyles} />
      <ShopLook />
      <GalleryStrip images={latest} />
      <Prices plans={plans} />
      <Questions />
    </main>
  );
}
