'use client';

import { RotateCcw, Trash2 } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { DeletionQuestion } from '#components/files/deletion-question.tsx';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { emptyTrash, purgeImages, restoreImages } from '#lib/gallery/library/actions.ts';
import type { GalleryFigures } from '#lib/gallery/library/store.ts';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import { galleryLimits } from '#lib/gallery/policy.ts';
import { useGalleryAction } from '../use-gallery-action.ts';
import { ImageCard } from './image-card.tsx';
import { imageGrid } from './image-grid.ts';
import { SelectionBar } from './selection-bar.tsx';
import { useSelection } from './use-selection.ts';

type Props = { images: readonly OwnImage[]; figures: Pick<GalleryFigures, 'trash' | 'trashFree'> };

const dayMs = 86_400_000;

/** What was thrown away, until it is taken back, purged, or its thirty days are over. */
export function TrashScreen({ images, figures }: Props) {
  const t = useTranslations('library.gallery.bin');
  const { isBusy, act, actOnMany } = useGalleryAction();
  const selection = useSelection(images.map(({ id }) => id));
  const { selected } = selection;
  const then = async (done: Promise<boolean>) => {
    const isDone = await done;
    if (isDone) selection.clear();
    return isDone;
  };
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-4 rounded-card border border-line bg-surface p-4">
        <p className="max-w-text text-sm text-muted">
          {t('text', { days: galleryLimits.trashDays, free: figures.trashFree })}
        </p>
        <DeletionQuestion
          title={t('emptyTitle', { count: figures.trash })}
          text={t('emptyText', { free: figures.trashFree })}
          onConfirm={() =>
            act(
              () => callAction(emptyTrash, {}),
              ({ done }) => t('emptied', { count: done }),
            )
          }
        >
          <Button variant="secondary" busy={isBusy}>
            <Trash2 aria-hidden="true" />
            {t('empty')}
          </Button>
        </DeletionQuestion>
      </div>
      <ul aria-label={t('list')} className={imageGrid}>
        {images.map((image) => (
          <li key={image.id}>
            <ImageCard
              image={image}
              isChosen={selection.has(image.id)}
              onChoose={() => selection.toggle(image.id)}
              state={<Ends since={image.deletedAt} />}
            />
          </li>
        ))}
      </ul>
      <SelectionBar
        count={selected.length}
        all={images.length}
        onAll={selection.all}
        onClear={selection.clear}
      >
        <Button
          size="sm"
          variant="secondary"
          busy={isBusy}
          onClick={() =>
            void then(
              actOnMany(
                () => callAction(restoreImages, { ids: selected }),
                (count) => t('restored', { count }),
              ),
            )
          }
        >
          <RotateCcw aria-hidden="true" />
          {t('restore')}
        </Button>
        <DeletionQuestion
          title={t('purgeTitle', { count: selected.length })}
          text={t('purgeText')}
          onConfirm={() =>
            then(
              actOnMany(
                () => callAction(purgeImages, { ids: selected }),
                (count) => t('purged', { count }),
              ),
            )
          }
        >
          <Button size="sm" variant="danger">
            <Trash2 aria-hidden="true" />
            {t('purge')}
          </Button>
        </DeletionQuestion>
      </SelectionBar>
    </>
  );
}

function Ends({ since }: { since: string | null }) {
  const t = useTranslations('library.gallery.bin');
  const format = useFormatter();
  if (since === null) return null;
  const end = new Date(new Date(since).getTime() + galleryLimits.trashDays * dayMs);
  return (
    <p className="text-xs text-muted">
      {t('ends', { day: format.dateTime(end, { dateStyle: 'medium', timeZone: 'Asia/Tehran' }) })}
    </p>
  );
}
