'use client';

import { clsx } from 'clsx';
import { Check, Plus, Trash2, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Picture, toShown } from '#components/files/picture.tsx';
import { Button } from '#components/ui/button.tsx';
import type { PhotoShots } from '../device/desk.ts';
import type { DraftPhoto } from '../draft/draft.ts';
import { useAddress } from './use-address.ts';

type Props = {
  photos: readonly DraftPhoto[];
  shown: number;
  shotsOf: (key: string) => PhotoShots | null;
  /** The photos' own bytes, where nothing is made of them on this device; null where something is. */
  read: ((photo: DraftPhoto) => Promise<Blob | null>) | null;
  onShow: (at: number) => void;
  onRemove: (at: number) => void;
  onAdd: () => void;
  canAdd: boolean;
  onForget: () => void;
  /** Whether the look that stands large is picked to be made with others; null while there is none. */
  isPicked: boolean | null;
  onPick: () => void;
  /** The looks that were picked, on a line of their own; beside the photos where there is no height to give away. */
  picks: ReactNode;
};

/** All photos of this time, small: to look at, to leave out, to bring one more, and to delete from the device. */
export function PhotoRow(props: Props) {
  const { photos, shown, shotsOf, read, onShow, onRemove, onAdd, canAdd, onForget, isPicked, onPick, picks } =
    props;
  const t = useTranslations('studio');
  const of = photos.length;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2 [@media(max-height:42rem)]:flex-nowrap">
      <ul
        aria-label={t('photos')}
        className={clsx(
          '-ms-6 flex min-w-0 grow basis-0 gap-2 overflow-x-auto py-1 ps-6 lg:ms-0 lg:ps-1',
          picks && '[@media(max-height:42rem)]:min-w-20',
        )}
      >
        {photos.map((photo, at) => (
          <li key={photo.key} className="relative shrink-0">
            <button
              type="button"
              aria-current={at === shown ? 'true' : undefined}
              aria-label={t('show', { number: at + 1 })}
              onClick={() => onShow(at)}
              className={clsx(
                'block size-12 overflow-hidden rounded-control bg-sunken ring-offset-2 ring-offset-background',
                of > 1 && at === shown && 'ring-2 ring-primary',
              )}
            >
              <Thumbnail photo={photo} address={shotsOf(photo.key)?.original?.url ?? null} read={read} />
            </button>
            <button
              type="button"
              aria-label={t('remove', { number: at + 1 })}
              title={t('remove', { number: at + 1 })}
              onClick={() => onRemove(at)}
              className="absolute -end-1 -top-1 grid size-6 place-content-center rounded-full border border-field bg-background text-ink hover:bg-sunken"
            >
              <X aria-hidden="true" className="size-3.5" />
            </button>
          </li>
        ))}
        {canAdd ? (
          <li className="shrink-0">
            <button
              type="button"
              aria-label={t('add')}
              title={t('add')}
              onClick={onAdd}
              className="grid size-12 place-content-center rounded-control border border-dashed border-field text-muted hover:bg-sunken hover:text-ink"
            >
              <Plus aria-hidden="true" className="size-5" />
            </button>
          </li>
        ) : null}
      </ul>
      {picks}
      {isPicked === null ? null : (
        <Button variant="secondary" size="sm" aria-pressed={isPicked} onClick={onPick}>
          {isPicked ? <Check aria-hidden="true" className="text-primary" /> : <Plus aria-hidden="true" />}
          <span className={clsx(picks && '[@media(max-height:42rem)]:sr-only')}>
            {t(isPicked ? 'stage.picked' : 'stage.pick')}
          </span>
        </Button>
      )}
      <Button
        variant="quiet"
        size="icon"
        className="-me-3 text-muted"
        aria-label={t('forget')}
        title={t('forget')}
        onClick={onForget}
      >
        <Trash2 aria-hidden="true" />
      </Button>
    </div>
  );
}

const nothing = async () => null;

function Thumbnail({
  photo,
  address,
  read,
}: {
  photo: DraftPhoto;
  address: string | null;
  read: Props['read'];
}) {
  const look = 'size-12 object-cover';
  const own = useAddress(read && !photo.image && !address ? photo : null, read ?? nothing);
  const shown = address ?? own;
  // What is here already is not fetched.
  if (photo.image && !shown)
    return <Picture image={toShown(photo.image)} alt="" sizes="48px" className={look} />;
  // biome-ignore lint/performance/noImgElement: made on this device; there is nothing to optimise
  return shown ? <img src={shown} alt="" className={look} /> : null;
}
