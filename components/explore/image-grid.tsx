'use client';

import { clsx } from 'clsx';
import { Brush } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { MouseEvent } from 'react';
import { Picture, toShown } from '#components/files/picture.tsx';
import { buttonLook } from '#components/ui/button.tsx';
import { Link } from '#lib/core/i18n/navigation.ts';
import { profilePath, tryPath, withImage } from '#lib/gallery/public-paths.ts';
import { JustifiedRows, rowItem } from './justified-rows.tsx';
import type { ShownImage } from './shown-image.ts';
import { useOpenImage } from './use-open-image.ts';

/** Most visitors look at the grid first; what opens over it comes when it is needed. */
const Lightbox = dynamic(() => import('./lightbox.tsx').then((module) => module.Lightbox), { ssr: false });

type Props = {
  images: readonly ShownImage[];
  /** Names the list for those who listen. */
  label: string;
  /** How many of the first pictures are on the screen from the beginning. */
  first?: number;
};

/**
 * Images in even rows, each with the way to try it. A press opens the image over the page; without JavaScript,
 * or in a new tab, the link leads to the page it belongs to.
 */
export function ImageGrid({ images, label, first = 2 }: Props) {
  const t = useTranslations('gallery');
  const { openId, open, turnTo, close } = useOpenImage();
  const at = images.findIndex(({ id }) => id === openId);

  const press = (event: MouseEvent, image: ShownImage) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(image.id);
  };

  return (
    <>
      <JustifiedRows label={label}>
        {images.map((image, index) => {
          const { ratio, style, sizes } = rowItem(image);
          const name = image.title ?? t('untitled', { number: index + 1 });
          return (
            <li key={image.id} style={style} className="group/tile min-w-0">
              <div className="relative overflow-hidden rounded-control" style={{ aspectRatio: ratio }}>
                <Link
                  id={`image-${image.id}`}
                  href={withImage(image.home, image.id)}
                  onClick={(event) => press(event, image)}
                  aria-label={t('open', { name })}
                  className="block size-full rounded-control -outline-offset-2"
                >
                  <Picture
                    image={toShown(image)}
                    alt=""
                    sizes={sizes}
                    first={index < first}
                    className="size-full object-cover transition-transform duration-calm ease-out group-hover/tile:scale-[1.02]"
                  />
                </Link>
                <Link
                  href={tryPath(image.id)}
                  aria-label={t('tryNamed', { name })}
                  rel="nofollow"
                  className={clsx(
                    buttonLook({ variant: 'primary', size: 'sm' }),
                    'absolute start-1.5 bottom-1.5 size-9 px-0 text-xs md:start-2 md:bottom-2 md:w-auto md:px-2.5 [&_svg]:size-4',
                    'pointer-fine:opacity-0 pointer-fine:transition-opacity group-hover/tile:opacity-100 group-focus-within/tile:opacity-100',
                  )}
                >
                  <Brush aria-hidden="true" />
                  <span className="hidden md:inline">{t('try')}</span>
                </Link>
              </div>
              {image.vendor ? (
                <Link
                  href={profilePath(image.vendor.handle)}
                  className="mt-1.5 block truncate rounded-sm text-sm text-muted hover:text-primary"
                >
                  <bdi>{image.vendor.name}</bdi>
                </Link>
              ) : null}
            </li>
          );
        })}
      </JustifiedRows>
      {at >= 0 ? <Lightbox images={images} at={at} onTurn={turnTo} onClose={close} actions="public" /> : null}
    </>
  );
}
