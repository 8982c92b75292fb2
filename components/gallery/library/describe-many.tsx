'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Picture, toShown } from '#components/files/picture.tsx';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogContent } from '#components/ui/overlay/dialog.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { describeImages } from '#lib/gallery/library/actions.ts';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import { useGalleryAction } from '../use-gallery-action.ts';
import { AltField } from './alt-field.tsx';
import { nameOf } from './image-card.tsx';

type Props = { open: boolean; images: readonly OwnImage[]; onClose: () => void };

/** What several images show: each stands beside the words for it, and all are saved together. */
export function DescribeMany({ open, onClose, images }: Props) {
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? null : onClose())}>
      {open ? <Content images={images} onClose={onClose} /> : null}
    </Dialog>
  );
}

function Content({ images, onClose }: Omit<Props, 'open'>) {
  const t = useTranslations('library.gallery.alt');
  const { isBusy, act } = useGalleryAction();
  const [texts, setTexts] = useState<ReadonlyMap<string, string>>(new Map());
  const changed = images.flatMap(({ id, altText: before }) => {
    const altText = texts.get(id);
    return altText === undefined || altText === before ? [] : [{ id, altText }];
  });
  const save = async () => {
    const saved = await act(
      () => callAction(describeImages, { images: changed }),
      ({ done }) => t('saved', { count: done }),
    );
    if (saved) onClose();
  };
  return (
    <DialogContent
      title={t('many', { count: images.length })}
      description={t('hint')}
      actions={
        <>
          <DialogClose asChild>
            <Button variant="secondary">{t('cancel')}</Button>
          </DialogClose>
          <Button busy={isBusy} disabled={changed.length === 0} onClick={save}>
            {t('save')}
          </Button>
        </>
      }
    >
      <ul className="grid gap-4">
        {images.map((image) => (
          <li key={image.id} className="grid grid-cols-[5rem_minmax(0,1fr)] items-start gap-4">
            <Picture
              image={toShown(image)}
              alt=""
              sizes="80px"
              className="size-20 rounded-control object-contain"
            />
            <AltField
              name={`altText-${image.id}`}
              label={<OwnWords>{nameOf(image)}</OwnWords>}
              value={texts.get(image.id) ?? image.altText}
              onChange={(text) => setTexts(new Map(texts).set(image.id, text))}
            />
          </li>
        ))}
      </ul>
    </DialogContent>
  );
}
