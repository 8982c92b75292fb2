'use client';

import { useTranslations } from 'next-intl';
import { callAction } from '#components/ui/action/call-action.ts';
import { publishImages, trashImages, unpublishImages } from '#lib/gallery/library/actions.ts';
import { useGalleryAction } from '../use-gallery-action.ts';

/** What is done to one or several images from any screen, said the same way everywhere. */
export function useImageActions() {
  const t = useTranslations('library.gallery');
  const acts = useGalleryAction();
  return {
    ...acts,
    publish: (ids: readonly string[]) =>
      acts.actOnMany(
        () => callAction(publishImages, { ids }),
        (count) => t('published', { count }),
      ),
    unpublish: (ids: readonly string[]) =>
      acts.actOnMany(
        () => callAction(unpublishImages, { ids }),
        (count) => t('unpublished', { count }),
      ),
    trash: (ids: readonly string[]) =>
      acts.actOnMany(
        () => callAction(trashImages, { ids }),
        (count) => t('trashed', { count }),
      ),
  };
}
