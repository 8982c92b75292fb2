'use client';

import { clsx } from 'clsx';
import { Brush } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import type { MouseEvent } from 'react';
import { Picture, toShown } from '#components/files/picture.tsx';
import { buttonLook } from '#components/ui/button.tsx';
import { HeardWords, OwnWords } from '#components/ui/own-words.tsx';
import { localePath } from '#lib/core/i18n/routing.ts';
import { profilePath, tryPath, withImage } from '#lib/gallery/public/paths.ts';
import { type ShownImage, useImageNames } from '../lightbox/shown-image.ts';
import { JustifiedRows, rowItem } from './justified-rows.tsx';
import { useOpenImage } from './use-open-image.ts';

/** Most visitors look at the grid first; what opens over it comes when it is needed. */
const Lightbox = dynamic(() => import('../lightbox/lightbox.tsx').then((module) => module.Lightbox), {
  ssr: false,
});

type Props = {
  images: readonly ShownImage[];
  /** Names the list for those who listen. */
  label: string;
  /** Where all of them are from; see `imageNames`. */
  from?: string | undefined;
  /** How many of the first pictures are on the screen from the beginning. */
  first?: number;
};

const tryLook = clsx(
  buttonLook({ variant: 'primary', size: 'sm' }),
  'absolute start-1.5 bottom-1.5 size-9 px-0 text-xs md:start-2 md:bottom-2 md:w-auto md:px-2.5 [&_svg]:size-4',
  'pointer-fine:opacity-0 pointer-fine:transition-opacity group-hover/tile:opacity-100 group-focus-within/tile:opacity-100',
);

/**
 * Images in even rows, each with the way to try it. A press opens the image over the page; without JavaScript,
 * or in a new tab, the link leads to the page it belongs to. The links are plain ones that the list listens for:
 * a hundred that listen themselves would keep a phone busy before anything can be pressed.
 */
export function ImageGrid({ images, label, from, first = 2 }: Props) {
  const { altOf } = useImageNames(from);
  const looks = useTranslations('looks.try');
  const locale = useLocale();
  const router = useRouter();
  const { openId, open, turnTo, close } = useOpenImage();
  const at = images.findIndex(({ id }) => id === openId);

  const press = (event: MouseEvent<HTMLElement>) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = (event.target as Element).closest('a');
    if (!link || !event.currentTarget.contains(link)) return;
    event.preventDefault();
    const { image } = link.dataset;
    if (image) open(image);
    else router.push(link.getAttribute('href') ?? '');
  };

  return (
    <>
      <JustifiedRows label={label} onClick={press}>
        {images.map((image, index) => {
          const { ratio, style, sizes } = rowItem(image);
          const name = altOf(image);
          return (
            <li key={image.id} style={style} className="group/tile min-w-0">
              <div className="relative overflow-hidden rounded-control" style={{ aspectRatio: ratio }}>
                <a
                  id={`image-${image.id}`}
                  href={localePath(locale, withImage(image.home, image.id))}
                  data-image={image.id}
                  className="block size-full rounded-control relative ring-inside"
                >
                  <Picture
                    image={toShown(image)}
                    alt={name}
                    sizes={sizes}
                    first={index === 0 && first > 0}
                    early={index < first}
                    className="size-full object-cover transition-transform duration-calm ease-out group-hover/tile:scale-[1.02]"
                  />
                </a>
                <a href={localePath(locale, tryPath(image.id))} rel="nofollow" className={tryLook}>
                  <Brush aria-hidden="true" />
                  <span className="max-md:sr-only">{looks(image.lookKind ?? 'light')}</span>
                  <HeardWords text={`: ${name}`} own={name} />
                </a>
              </div>
              {image.vendor ? (
                <a
                  href={localePath(locale, profilePath(image.vendor.handle))}
                  className="mt-1.5 block truncate rounded-sm text-sm text-muted hover:text-primary"
                >
                  <OwnWords>{image.vendor.name}</OwnWords>
                </a>
              ) : null}
            </li>
          );
        })}
      </JustifiedRows>
      {at >= 0 ? (
        <Lightbox images={images} at={at} onTurn={turnTo} onClose={close} from={from} actions="public" />
      ) : null}
    </>
  );
}
