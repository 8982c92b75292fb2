import { GalleryStrip } from '#components/landing/gallery-strip.tsx';
import { Hero } from '#components/landing/hero.tsx';
import { Prices } from '#components/landing/prices.tsx';
import { Questions } from '#components/landing/questions.tsx';
import { ShopLook } from '#components/landing/shop-look.tsx';
import { StyleStrip } from '#components/landing/style-strip.tsx';
import { currentUser } from '#lib/auth/door/current.ts';
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

export default async function HomePage() {
  const [user, latest, plans, terms] = await Promise.all([
    currentUser(),
    listLatestImages(),
    listPlansPage(),
    getPhotoTerms(),
  ]);
  return (
    <main id="main">
      <Hero style={heroStyle} account={user?.userId ?? null} isLocal={terms.engine === 'local'} />
      <StyleStrip styles={stripStyles} />
      <ShopLook />
      <GalleryStrip images={latest} />
      <Prices plans={plans} />
      <Questions />
    </main>
  );
}
