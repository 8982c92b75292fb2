'use client';

import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { MouseEvent } from 'react';
import { JustifiedRows, rowItem } from '#components/explore/justified-rows.tsx';
import { useOpenImage } from '#components/explore/use-open-image.ts';
import { Picture, toShown } from '#components/files/picture.tsx';
import type { LinkedImage } from '#lib/sharing/album-link-view.ts';

const Lightbox = dynamic(() => import('#components/explore/lightbox.tsx').then((module) => module.Lightbox), {
  ssr: false,
});

/** The images behind a link in even rows; a press shows one as large as the screen. Needs `gallery`. */
export function LinkedGrid({
  images,
  label,
  mayDownload,
}: {
  images: readonly LinkedImage[];
  label: string;
  mayDownload: boolean;
}) {
  const t = useTranslations('gallery');
  const { openId, open, turnTo, close } = useOpenImage();
  const at = images.findIndex(({ id }) => id === openId);
  const shown = images.map((image) => ({ ...image, vendor: null, home: '' }));

  const press = (event: MouseEvent, id: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(id);
  };

  return (
    <>
      <JustifiedRows label={label}>
        {images.map((image, index) => {
          const { ratio, style, sizes } = rowItem(image);
          return (
            <li key={image.id} style={style} className="min-w-0">
              <a
                id={`image-${image.id}`}
                href={image.url}
                onClick={(event) => press(event, image.id)}
                aria-label={t('open', { name: image.title ?? t('untitled', { number: index + 1 }) })}
                className="block overflow-hidden rounded-control -outline-offset-2"
                style={{ aspectRatio: ratio }}
              >
                <Picture
                  image={toShown(image)}
                  alt=""
                  sizes={sizes}
                  first={index < 4}
                  className="size-full object-cover"
                />
              </a>
            </li>
          );
        })}
      </JustifiedRows>
      {at >= 0 ? (
        <Lightbox
          images={shown}
          at={at}
          onTurn={turnTo}
          onClose={close}
          actions={mayDownload ? 'download' : 'look'}
        />
      ) : null}
    </>
  );
}
