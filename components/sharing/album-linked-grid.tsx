'use client';

import dynamic from 'next/dynamic';
import type { MouseEvent } from 'react';
import { useImageNames } from '#components/explore/lightbox/shown-image.ts';
import { type Growing, GrowingList } from '#components/explore/list/growing-list.tsx';
import { JustifiedRows, rowItem } from '#components/explore/list/justified-rows.tsx';
import { useOpenImage } from '#components/explore/list/use-open-image.ts';
import { Picture, toShown } from '#components/files/picture.tsx';
import type { LinkedImage } from '#lib/sharing/album-link/view.ts';
import { PickHeart, PickTools } from './pick/pick-tools.tsx';

const Lightbox = dynamic(
  () => import('#components/explore/lightbox/lightbox.tsx').then((module) => module.Lightbox),
  {
    ssr: false,
  },
);

/** `from` is where they are from; see `imageNames`. */
type Props = { label: string; from: string; mayDownload: boolean };

/** The images behind a link in even rows that go on below themselves. Needs `gallery`. */
export function LinkedGrid({ label, from, mayDownload, ...list }: Growing<LinkedImage> & Props) {
  return (
    <GrowingList {...list} kind="image">
      {(images) => <LinkedRows images={images} label={label} from={from} mayDownload={mayDownload} />}
    </GrowingList>
  );
}

/** The rows; a press shows an image as large as the screen. */
function LinkedRows({ images, label, from, mayDownload }: Props & { images: readonly LinkedImage[] }) {
  const { altOf } = useImageNames(from);
  const { openId, open, turnTo, close } = useOpenImage();
  const at = images.findIndex(({ id }) => id === openId);
  const shown = images.map(({ downloadUrl, sentBytes, ...image }) => ({
    ...image,
    vendor: null,
    home: '',
    file: downloadUrl === null ? null : { url: downloadUrl, sentBytes },
  }));

  const press = (event: MouseEvent, id: string) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(id);
  };

  return (
    <>
      <JustifiedRows label={label}>
        {shown.map((image, index) => {
          const { ratio, style, sizes } = rowItem(image);
          return (
            <li key={image.id} style={style} className="relative min-w-0">
              <a
                id={`image-${image.id}`}
                href={image.url}
                onClick={(event) => press(event, image.id)}
                className="block overflow-hidden rounded-control relative ring-inside"
                style={{ aspectRatio: ratio }}
              >
                <Picture
                  image={toShown(image)}
                  alt={altOf(image)}
                  sizes={sizes}
                  first={index === 0}
                  early={index < 4}
                  className="size-full object-cover"
                />
              </a>
              <PickHeart imageId={image.id} name={altOf(image)} />
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
          from={from}
          actions={mayDownload ? 'download' : 'look'}
          toolsOf={({ id }, name) => <PickTools imageId={id} name={name} />}
        />
      ) : null}
    </>
  );
}
