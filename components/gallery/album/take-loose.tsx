'use client';

import { FolderPlus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { fillAlbum } from '#lib/gallery/album/actions.ts';
import { useGalleryAction } from '../use-gallery-action.ts';

/** Puts pictures that are in no album into this one, by one press. */
export function TakeLoose({ albumId, imageIds }: { albumId: string; imageIds: readonly string[] }) {
  const t = useTranslations('albums');
  const gallery = useTranslations('library.gallery');
  const { isBusy, act } = useGalleryAction();
  const take = () =>
    void act(
      () => callAction(fillAlbum, { id: albumId, imageIds }),
      ({ added }) => gallery('filed', { count: added }),
    );
  return (
    <Button busy={isBusy} onClick={take}>
      <FolderPlus aria-hidden="true" />
      {t('takeLoose', { count: imageIds.length })}
    </Button>
  );
}
