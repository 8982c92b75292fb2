'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState, useTransition } from 'react';
import type { Shown } from '#components/files/picture.tsx';
import { callAction } from '#components/ui/action/call-action.ts';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { announce } from '#components/ui/overlay/announce.ts';
import { Progress } from '#components/ui/progress.tsx';
import { cancelConversion } from '#lib/conversions/actions.ts';
import type { ConversionProgress } from '#lib/conversions/view.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { type ImageView, srcSetOf } from '#lib/files/image/view.ts';
import { resultSizes } from './result-sizes.ts';
import { ShownPreview } from './shown-preview.tsx';
import { progressFraction, progressKey } from './stages.ts';
import { useProgress } from './use-progress.ts';

/** Most pictures are there by then. */
const headerAfterMs = 5000;

let ahead: HTMLImageElement | null = null;

/** Asks for a picture in the size in which the page will ask for it. */
function fetchAhead(image: Pick<ImageView, 'url' | 'width'>): void {
  ahead = new Image();
  ahead.fetchPriority = 'high';
  ahead.sizes = resultSizes;
  ahead.srcset = srcSetOf(image);
}

type Props = {
  initial: ConversionProgress;
  /** What it is made of; null where that is gone. */
  photo: Shown | null;
};

/** A conversion on its way: the photo, and in words where it is. The page changes by itself at the end. */
export function ConversionWatch({ initial, photo }: Props) {
  const t = useTranslations('conversions');
  const errors = useTranslations('errors');
  const router = useRouter();
  const refresh = useSafeRefresh();
  const isOver = useRef(false);
  const { progress, isCut } = useProgress(initial, (last) => {
    isOver.current = true;
    // Its picture is on the way while the page is asked for.
    if (last?.resultUrl) fetchAhead({ url: last.resultUrl, width: photo?.width ?? 0 });
    // What stands here is gone with the next picture of the page.
    if (last) announce(t(last.status === 'completed' ? 'progress.ready' : 'progress.failed'));
    refresh();
  });
  // The header still says what was left before it was asked for; a picture that comes soon brings it along.
  useEffect(() => {
    let isTold = false;
    const tell = () => {
      if (!isTold && !isOver.current) router.refresh();
      isTold = true;
    };
    const timer = setTimeout(tell, headerAfterMs);
    return () => {
      clearTimeout(timer);
      tell();
    };
  }, [router]);
  const [stopping, startStopping] = useTransition();
  const [error, setError] = useState<string | null>(null);

  const words = t(`progress.${progressKey(progress)}`, { position: progress.queuePosition ?? 1 });
  const cancel = () =>
    startStopping(async () => {
      const answer = await callAction(cancelConversion, { id: initial.id });
      if (answer.ok) router.refresh();
      else setError(errors(answer.code));
    });

  return (
    <div className="grid gap-6">
      {photo === null ? null : (
        // Its height is known before a byte of it is there, so that the words below stay where they are.
        <div
          className="relative overflow-hidden rounded-card bg-sunken"
          style={{ aspectRatio: photo.width / photo.height }}
        >
          <ShownPreview
            id={initial.id}
            share={progressFraction(progress)}
            photo={photo}
            alts={{ preview: t('previewAlt'), photo: t('sourceAlt') }}
          />
        </div>
      )}
      <div className="grid gap-3">
        <p role="status" className="text-lg font-semibold">
          {words}
        </p>
        <Progress value={progressFraction(progress)} label={t('progress.label')} />
        <div className="flex flex-wrap items-center justify-between gap-4">
          <p className="text-sm text-muted">{t('progress.leave')}</p>
          {progress.status === 'pending' ? (
            <Button variant="quiet" size="sm" busy={stopping} onClick={cancel}>
              {t('cancel')}
            </Button>
          ) : null}
        </div>
        {isCut ? (
          <Alert tone="warning" live>
            {t('progress.connection')}
          </Alert>
        ) : null}
        {progress.isAnew && progress.status === 'processing' ? (
          <Alert tone="information" live>
            {t('progress.anew')}
          </Alert>
        ) : null}
        {progress.chargeReturned && progress.status === 'processing' ? (
          <Alert tone="information" live>
            {t('late.running')}
          </Alert>
        ) : null}
        {error ? (
          <Alert tone="danger" live>
            {error}
          </Alert>
        ) : null}
      </div>
    </div>
  );
}
