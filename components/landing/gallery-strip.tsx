import { useTranslations } from 'next-intl';
import { useImageNames } from '#components/explore/lightbox/shown-image.ts';
import { cardSizes } from '#components/files/card-sizes.ts';
import { Picture, toShown } from '#components/files/picture.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import { profilePath, withImage } from '#lib/gallery/public/paths.ts';
import type { GalleryImage } from '#lib/gallery/public/view.ts';
import { StripHeading } from './strip-heading.tsx';

/** What vendors have published lately, as a strip one can push along; nothing where there is nothing. */
export function GalleryStrip({ images }: { images: readonly GalleryImage[] }) {
  const t = useTranslations('home.galleries');
  const { altOf } = useImageNames();
  if (images.length === 0) return null;
  return (
    <section className="border-t border-line py-14 md:py-20">
      <div className="page">
        <StripHeading title={t('title')} text={t('text')} href="/explore" all={t('all')} />
      </div>
      <ul className="far-below rail bleed mt-8 gap-4 pb-1 md:gap-6">
        {images.map((image) => {
          const ratio = Math.min(1.8, Math.max(0.6, image.width / image.height));
          return (
            <li key={image.id} className="shrink-0 snap-start">
              <Link
                href={withImage(profilePath(image.vendor.handle), image.id)}
                className="group grid gap-2.5 rounded-card"
              >
                <span
                  className="block h-40 overflow-hidden rounded-card bg-sunken md:h-56"
                  style={{ aspectRatio: ratio }}
                >
                  <Picture
                    image={toShown(image)}
                    alt={altOf(image)}
                    sizes={cardSizes(ratio * 160, ratio * 224)}
                    className="size-full object-cover transition-transform duration-calm ease-out group-hover:scale-[1.02]"
                  />
                </span>
                {/* No wider than its picture, whatever it is called. */}
                <span className="w-0 min-w-full truncate text-sm text-muted group-hover:text-primary">
                  <OwnWords>{image.vendor.name}</OwnWords>
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
