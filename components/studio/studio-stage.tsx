'use client';

import { clsx } from 'clsx';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Picture, toShown } from '#components/files/picture.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { ImageView } from '#lib/files/image/view.ts';

type Props = {
  photos: readonly ImageView[];
  /** Which of them stands large. */
  shown: number;
  onShow: (at: number) => void;
  onRemove: (at: number) => void;
  onAdd: () => void;
  /** How many files are still on their way. */
  arriving: number;
  canAdd: boolean;
};

/** The photos of this time: one large, whole, in a frame that keeps its height; all of them small below. */
export function StudioStage({ photos, shown, onShow, onRemove, onAdd, arriving, canAdd }: Props) {
  const t = useTranslations('studio');
  const photo = photos[shown] ?? photos[0];
  if (!photo) return null;
  const of = photos.length;
  return (
    <div className="grid min-w-0 gap-3 lg:min-h-0 lg:grow lg:grid-rows-[minmax(0,1fr)_auto]">
      <div className="relative h-[clamp(8rem,100dvh-33rem,58dvh)] overflow-hidden rounded-card bg-sunken lg:h-full lg:min-h-0">
        <Picture
          key={photo.id}
          image={toShown(photo)}
          alt={t('photoAlt')}
          sizes="(min-width: 64rem) 640px, 100vw"
          first
          placeholder="blur"
          className="absolute inset-0 m-auto h-auto max-h-full w-auto max-w-full animate-fade"
        />
      </div>
      <ul aria-label={t('photos')} className="-mx-6 flex gap-2 overflow-x-auto px-6 py-1 lg:mx-0 lg:px-1">
        {photos.map((one, at) => (
          <li key={one.id} className="group relative shrink-0">
            <button
              type="button"
              aria-current={at === shown ? 'true' : undefined}
              aria-label={t('show', { number: at + 1 })}
              onClick={() => onShow(at)}
              className={clsx(
                'block overflow-hidden rounded-control ring-offset-2 ring-offset-background',
                of > 1 && at === shown && 'ring-2 ring-primary',
              )}
            >
              <Picture image={toShown(one)} alt="" sizes="56px" className="size-14 object-cover" />
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
        {arriving > 0 ? (
          <li className="grid size-14 shrink-0 place-content-center rounded-control bg-sunken text-muted">
            <Spinner />
          </li>
        ) : null}
        {canAdd ? (
          <li className="shrink-0">
            <button
              type="button"
              aria-label={t('add')}
              title={t('add')}
              onClick={onAdd}
              className="grid size-14 place-content-center rounded-control border border-dashed border-field text-muted hover:bg-sunken hover:text-ink"
            >
              <Plus aria-hidden="true" className="size-5" />
            </button>
          </li>
        ) : null}
      </ul>
    </div>
  );
}
