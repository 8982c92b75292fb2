import { GalleryStrip } from '#components/landing/gallery-strip.tsx';
import { Hero } from '#components/landing/hero.tsx';
import { Questions } from '#components/landing/questions.tsx';
import { Steps } from '#components/landing/steps.tsx';
import { StyleStrip } from '#components/landing/style-strip.tsx';
import { currentUser } from '#lib/auth/current.ts';
import { listLatestImages } from '#lib/gallery/explore-gallery.ts';
import { isStyleName, styles } from '#lib/styles/catalogue.ts';

/** The style a visitor meets first: painterly enough to be seen from across the room. */
const heroStyle = ['oil', 'watercolor', 'noir'].find(isStyleName) ?? styles[0].name;

export default async function HomePage() {
  const [user, latest] = await Promise.all([currentUser(), listLatestImages()]);
  const start = user ? '/studio' : '/signup';
  return (
    <main id="main">
      <Hero style={heroStyle} start={start} />
      <StyleStrip styles={styles.map(({ name }) => name)} />
      <Steps />
      <GalleryStrip images={latest} />
      <Questions />
    </main>
  );
}
