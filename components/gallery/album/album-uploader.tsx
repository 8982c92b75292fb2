'use client';

import { ImagePlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { Button } from '#components/ui/button.tsx';
import { orderImages } from '#lib/gallery/album/actions.ts';
import { galleryLimits } from '#lib/gallery/policy.ts';
import type { BusinessKind } from '#lib/gallery/vendor/kinds.ts';
import { GalleryUploader } from '../library/gallery-uploader.tsx';

type Props = {
  albumId: string;
  version: number;
  room: number;
  isEmpty: boolean;
  business: BusinessKind | null;
  /** Whether the album keeps files as they are sent. */
  keepsSent: boolean;
};

/** Brings images into an album. Whichever was sent first, they stand in the order they were chosen. */
export function AlbumUploader({ albumId, version, room, isEmpty, business, keepsSent }: Props) {
  const t = useTranslations('albums');
  const refresh = useSafeRefresh();
  const [isOpen, setOpen] = useState(isEmpty);
  if (!isOpen) {
    return (
      <Button variant="secondary" className="justify-self-start" onClick={() => setOpen(true)}>
        <ImagePlus aria-hidden="true" />
        {t('bring')}
      </Button>
    );
  }
  return (
    <GalleryUploader
      room={room}
      business={business}
      albumId={albumId}
      keepsSent={keepsSent}
      onEnded={async (images) => {
        const imageIds = images.map(({ id }) => id).slice(-galleryLimits.maxAtOnce);
        // Where the line breaks just now, they stand as they arrived.
        if (imageIds.length > 1)
          await callAction(orderImages, { id: albumId, imageIds, before: null, version });
        refresh();
      }}
    />
  );
}
