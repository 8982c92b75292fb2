'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { MultiUploader } from '#components/files/multi-uploader.tsx';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { Alert } from '#components/ui/alert.tsx';
import { ButtonLink } from '#components/ui/button-link.tsx';
import type { ImageView } from '#lib/files/image/view.ts';
import type { BusinessKind } from '#lib/gallery/vendor/kinds.ts';
import { useGuess } from './use-guess.ts';

type Props = {
  room: number;
  /** What the vendor is, by which it is guessed what images are. */
  business: BusinessKind | null;
  albumId?: string;
  /** Whether that album keeps files as they are sent. */
  keepsSent?: boolean;
  /** Everything of one go, in the order it was chosen. */
  onEnded?: (images: readonly ImageView[]) => void;
};

const refreshMs = 1500;

/** Where images come in: told before how many fit. The page follows, but not at every single image. */
export function GalleryUploader({ room, business, albumId, keepsSent = false, onEnded }: Props) {
  const t = useTranslations('library.gallery');
  const refresh = useSafeRefresh();
  const guess = useGuess();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const refreshSoon = () => {
    clearTimeout(timer.current);
    timer.current = setTimeout(refresh, refreshMs);
  };
  return (
    <div className="grid grid-cols-1 gap-3">
      {room === 0 ? (
        <Alert
          tone="information"
          title={t('full.title')}
          action={
            <ButtonLink href="/vendor/billing" size="sm" variant="secondary">
              {t('full.plans')}
            </ButtonLink>
          }
        >
          {t('full.text')}
        </Alert>
      ) : null}
      <MultiUploader
        room={room}
        {...(albumId === undefined ? {} : { albumId })}
        keepsSent={keepsSent}
        onUploaded={refreshSoon}
        onEnded={(images) => {
          onEnded?.(images);
          refreshSoon();
          void guess(business, images).then((named) => named > 0 && refreshSoon());
        }}
      />
    </div>
  );
}
