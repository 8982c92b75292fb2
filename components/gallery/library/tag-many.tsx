'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogClose, DialogContent } from '#components/ui/overlay/dialog.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { tagImages } from '#lib/gallery/library/actions.ts';
import { cleanTags } from '#lib/gallery/library/tags.ts';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import { useGalleryAction } from '../use-gallery-action.ts';
import { TagsField } from './tags-field.tsx';

type Props = {
  open: boolean;
  images: readonly OwnImage[];
  knownTags: readonly string[];
  onClose: () => void;
};

/** Tags for several images: new ones for all of them, and those they have to be taken off. */
export function TagMany({ open, onClose, ...props }: Props) {
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? null : onClose())}>
      {open ? <Content {...props} onClose={onClose} /> : null}
    </Dialog>
  );
}

function Content({ images, knownTags, onClose }: Omit<Props, 'open'>) {
  const t = useTranslations('library.gallery.tags');
  const { isBusy, act } = useGalleryAction();
  const [add, setAdd] = useState<readonly string[]>([]);
  const [remove, setRemove] = useState<readonly string[]>([]);
  const present = cleanTags(images.flatMap(({ tags }) => tags));
  const save = async () => {
    const ids = images.map(({ id }) => id);
    const saved = await act(
      () => callAction(tagImages, { ids, add, remove }),
      ({ done }) => t('saved', { count: done }),
    );
    if (saved) onClose();
  };
  return (
    <DialogContent
      title={t('title', { count: images.length })}
      actions={
        <>
          <DialogClose asChild>
            <Button variant="secondary">{t('cancel')}</Button>
          </DialogClose>
          <Button busy={isBusy} disabled={add.length + remove.length === 0} onClick={save}>
            {t('save')}
          </Button>
        </>
      }
    >
      <TagsField label={t('add')} tags={add} onChange={setAdd} known={knownTags} />
      {present.length > 0 ? (
        <fieldset className="grid gap-2">
          <legend className="mb-2 text-sm font-semibold">{t('takeOff')}</legend>
          <div className="flex flex-wrap gap-1.5">
            {present.map((tag) => (
              <label
                key={tag}
                className="inline-flex min-h-9 items-center gap-2 rounded-full border border-line px-3 text-sm has-checked:border-danger has-checked:text-danger has-checked:line-through has-focus-visible:outline-2 has-focus-visible:outline-primary"
              >
                <input
                  type="checkbox"
                  className="sr-only"
                  checked={remove.includes(tag)}
                  onChange={(event) =>
                    setRemove(event.target.checked ? [...remove, tag] : remove.filter((one) => one !== tag))
                  }
                />
                <OwnWords>{tag}</OwnWords>
              </label>
            ))}
          </div>
        </fieldset>
      ) : null}
    </DialogContent>
  );
}
