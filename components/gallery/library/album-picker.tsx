'use client';

import { FolderOpen } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/form/text-field.tsx';
import { Dialog, DialogContent } from '#components/ui/overlay/dialog.tsx';
import { OwnWords } from '#components/ui/own-words.tsx';
import { createAlbum } from '#lib/gallery/album/actions.ts';
import type { AlbumChoice } from '#lib/gallery/album/queries.ts';
import { cleanTag } from '#lib/gallery/library/tags.ts';
import { useGalleryAction } from '../use-gallery-action.ts';

type Props = {
  open: boolean;
  title: string;
  albums: readonly AlbumChoice[];
  onClose: () => void;
  onPick: (albumId: string) => void;
};

const manyAlbums = 8;

/** One of the vendor's albums, found by a part of its name, or a new one. */
export function AlbumPicker({ open, title, albums, onClose, onPick }: Props) {
  const t = useTranslations('albums');
  const { isBusy, act } = useGalleryAction();
  const [text, setText] = useState('');
  const wanted = cleanTag(text);
  const found = albums.filter(({ name }) => cleanTag(name).includes(wanted));
  const isNew = text.trim() !== '' && !albums.some(({ name }) => cleanTag(name) === wanted);
  const create = () =>
    act(
      () => callAction(createAlbum, { title: text }),
      ({ id }) => {
        setText('');
        onPick(id);
        return null;
      },
    );
  return (
    <Dialog open={open} onOpenChange={(next) => (next ? null : onClose())}>
      <DialogContent title={title}>
        <TextField
          name="title"
          label={albums.length > manyAlbums ? t('picker.find') : t('picker.new')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          autoComplete="off"
          dir="auto"
        />
        {isNew ? (
          <Button variant="secondary" busy={isBusy} onClick={create}>
            {t('picker.create', { name: text.trim() })}
          </Button>
        ) : null}
        <ul aria-label={t('title')} className="-mx-2 grid max-h-72 grid-cols-1 overflow-y-auto">
          {found.map(({ id, name }) => (
            <li key={id}>
              <button
                type="button"
                onClick={() => onPick(id)}
                className="flex min-h-11 w-full items-center gap-3 rounded-control px-2 text-start hover:bg-sunken"
              >
                <FolderOpen aria-hidden="true" className="size-5 shrink-0 text-muted" />
                <OwnWords className="min-w-0 truncate">{name}</OwnWords>
              </button>
            </li>
          ))}
        </ul>
      </DialogContent>
    </Dialog>
  );
}
