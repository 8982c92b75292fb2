'use client';

import { Settings2 } from 'lucide-react';
import { useFormatter, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent, DialogTrigger } from '#components/ui/overlay/dialog.tsx';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { AroundOwnWords, HeardWords } from '#components/ui/own-words.tsx';
import { listMorePhotos } from '#lib/files/photo/actions.ts';
import type { PhotoPage } from '#lib/files/photo/list-photos.ts';
import type { OwnPhoto } from '#lib/files/photo/view.ts';
import { PhotoSettings } from './photo-settings.tsx';
import { Picture, toShown } from './picture.tsx';

type Props = {
  /** The newest photos, and where the rest begins. */
  page: PhotoPage;
  onUse: (photo: OwnPhoto) => void;
  onChanged: () => void;
};

/** The photos a person sent earlier, to be used again; each can be given an end or be deleted. */
export function PhotoLibrary({ page, onUse, onChanged }: Props) {
  const t = useTranslations('library');
  const errors = useTranslations('errors');
  const format = useFormatter();
  const [older, setOlder] = useState<PhotoPage>({ photos: [], next: page.next });
  const [isLoading, startLoading] = useTransition();
  // Another first page (a photo came or went) begins anew.
  const [shownPage, setShownPage] = useState(page);
  if (shownPage !== page) {
    setShownPage(page);
    setOlder({ photos: [], next: page.next });
  }
  const photos = [...page.photos, ...older.photos];
  const more = (after: string) =>
    startLoading(async () => {
      const loaded = await callAction(listMorePhotos, { after });
      if (!loaded.ok) return void toast('danger', errors(loaded.code));
      const { photos: next, next: rest } = loaded.value;
      setOlder((before) => ({ photos: [...before.photos, ...next], next: rest }));
    });
  // By its moment; two of one minute are told apart by their files, and those by the second.
  const when = (photo: OwnPhoto, timeStyle: 'short' | 'medium') =>
    t('photo', {
      date: format.dateTime(new Date(photo.createdAt), {
        dateStyle: 'medium',
        timeStyle,
        timeZone: 'Asia/Tehran',
      }),
    });
  const nameOf = (photo: OwnPhoto) => {
    const name = when(photo, 'short');
    return photos.filter((other) => when(other, 'short') === name).length > 1
      ? `${when(photo, 'medium')} · ${photo.fileName}`
      : name;
  };
  if (photos.length === 0) return null;
  return (
    <section aria-label={t('title')} className="grid min-w-0 gap-3">
      <h2 className="text-sm font-semibold">{t('title')}</h2>
      <ul className="-mx-6 flex gap-3 overflow-x-auto px-6 pb-2 lg:mx-0 lg:flex-wrap lg:overflow-visible lg:px-0">
        {photos.map((photo) => {
          const name = nameOf(photo);
          return (
            <li key={photo.id} className="grid w-24 shrink-0 content-start gap-1">
              <button
                type="button"
                onClick={() => onUse(photo)}
                className="overflow-hidden rounded-control outline-offset-2"
              >
                <Picture image={toShown(photo)} alt="" sizes="96px" className="size-24 object-cover" />
                <HeardWords text={`${t('use')}: ${name}`} own={photo.fileName} />
              </button>
              <Dialog>
                <DialogTrigger asChild>
                  <Button variant="quiet" size="sm" className="w-full">
                    <Settings2 aria-hidden="true" />
                    <HeardWords text={`${t('manage')}: ${name}`} own={photo.fileName} />
                    <Ends at={photo.expiresAt} />
                  </Button>
                </DialogTrigger>
                <DialogContent title={<AroundOwnWords text={name} own={photo.fileName} />}>
                  <PhotoSettings photo={photo} onChanged={onChanged} />
                </DialogContent>
              </Dialog>
            </li>
          );
        })}
        {older.next ? (
          <li className="grid w-24 shrink-0 content-start">
            <Button
              variant="secondary"
              busy={isLoading}
              className="size-24"
              onClick={() => more(older.next ?? '')}
            >
              {t('older')}
            </Button>
          </li>
        ) : null}
      </ul>
    </section>
  );
}

/** How long a photo that has an end will still be there. */
function Ends({ at }: { at: string | null }) {
  const format = useFormatter();
  if (at === null) return null;
  return (
    <time dateTime={at} className="text-xs font-normal text-muted" suppressHydrationWarning>
      {format.relativeTime(new Date(at), { now: new Date(), style: 'narrow' })}
    </time>
  );
}
