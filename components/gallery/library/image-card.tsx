'use client';

import { clsx } from 'clsx';
import { ImageOff } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Picture, toShown } from '#components/files/picture.tsx';
import { HeardWords, OwnWords } from '#components/ui/own-words.tsx';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import { ImageState } from './image-state.tsx';
import { useMissingPicture } from './use-missing-picture.ts';

type Props = {
  image: OwnImage;
  isChosen: boolean;
  onChoose: () => void;
  /** What a press on the picture does; without it nothing. */
  onOpen?: () => void;
  /** Stands at the end of the line below the picture. */
  menu?: ReactNode;
  /** Stands over the picture, at its other corner. */
  handle?: ReactNode;
  badge?: ReactNode;
  /** Instead of who sees it. */
  state?: ReactNode;
};

/** What an image is called: its title, or the name of its file. */
export const nameOf = (image: Pick<OwnImage, 'title' | 'fileName'>) => image.title || image.fileName;
/** What it is to those who cannot see it. */
const altOf = (image: OwnImage) => image.altText || nameOf(image);

/** An image in a vendor's library: it can be chosen, opened and ordered. */
export function ImageCard({ image, isChosen, onChoose, onOpen, menu, handle, badge, state }: Props) {
  const t = useTranslations('library.gallery');
  const name = nameOf(image);
  const { isGone, watch } = useMissingPicture();
  const alt = altOf(image);
  const picture = isGone ? (
    <span className="grid size-full place-content-center text-muted">
      <HeardWords text={alt} own={alt} />
      <ImageOff aria-hidden="true" className="size-8" />
    </span>
  ) : (
    <Picture
      image={toShown(image)}
      alt={alt}
      sizes="(min-width: 64rem) 220px, 45vw"
      className="size-full object-contain"
    />
  );
  return (
    <div className="grid min-w-0 grid-cols-1 content-start gap-1.5">
      <div
        {...watch}
        className={clsx(
          'relative aspect-square overflow-hidden rounded-card bg-sunken',
          isChosen && 'outline-3 outline-offset-2 outline-primary',
        )}
      >
        {onOpen ? (
          <button
            type="button"
            aria-haspopup="dialog"
            onClick={onOpen}
            className="size-full rounded-card relative ring-inside"
          >
            {picture}
            <span className="sr-only"> {t('edit.title')}</span>
          </button>
        ) : (
          picture
        )}
        <label className="absolute start-0 top-0 grid size-12 cursor-pointer place-content-center">
          <input
            type="checkbox"
            checked={isChosen}
            onChange={onChoose}
            className="size-6 rounded-sm accent-primary shadow-float"
          />
          <HeardWords text={t('choose', { name })} own={name} />
        </label>
        {handle ? <div className="absolute end-1 top-1">{handle}</div> : null}
        {badge ? <div className="pointer-events-none absolute start-2 bottom-2">{badge}</div> : null}
      </div>
      <div className="flex min-h-11 items-center gap-1">
        <div className="min-w-0 grow">
          {image.title ? (
            <p className="text-sm">
              <OwnWords className="block w-fit max-w-full truncate">{image.title}</OwnWords>
            </p>
          ) : null}
          {state ?? <ImageState image={image} />}
        </div>
        {menu}
      </div>
    </div>
  );
}
