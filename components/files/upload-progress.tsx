'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { Button } from '#components/ui/button.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { Sending } from './send-file.ts';
import { useFilePreview } from './use-file-preview.ts';

type Props = {
  file: File;
  sending: Sending;
  onPause: () => void;
  onResume: () => void;
  onCancel: () => void;
};

/** The photo that is on its way, how far it is, and ways to halt or stop it. */
export function UploadProgress({ file, sending, onPause, onResume, onCancel }: Props) {
  const t = useTranslations('files');
  const format = useFormatter();
  const preview = useFilePreview(file);
  const paused = sending.phase === 'paused';
  const share = sending.phase === 'sending' || paused ? sending.share : undefined;
  const text = paused
    ? t(sending.offline ? 'offline' : 'paused')
    : share === undefined
      ? t('processing')
      : t('uploading', { name: file.name });
  return (
    <div className="grid h-full min-h-0 animate-fade grid-rows-[minmax(0,1fr)_auto_auto] gap-3 rounded-card border border-line bg-surface p-5 lg:gap-5">
      <div className="relative min-h-0 overflow-hidden lg:min-h-56 rounded-control bg-sunken">
        {preview ? (
          // biome-ignore lint/performance/noImgElement: the file in memory; there is nothing to optimise
          <img src={preview} alt={t('photoAlt')} className="absolute inset-0 size-full object-contain" />
        ) : null}
      </div>
      <div className="grid gap-2">
        <div className="flex items-baseline justify-between gap-4 text-sm">
          <p className="min-w-0 truncate">{text}</p>
          {share === undefined ? null : (
            <p className="shrink-0 text-muted" aria-hidden="true">
              {format.number(share, { style: 'percent', maximumFractionDigits: 0 })}
            </p>
          )}
        </div>
        <Progress value={share} label={text} />
      </div>
      <div className="flex flex-wrap justify-center gap-3">
        {share === undefined ? null : (
          <Button variant="secondary" onClick={paused ? onResume : onPause}>
            {paused ? t('resume') : t('pause')}
          </Button>
        )}
        <Button variant={share === undefined ? 'secondary' : 'quiet'} onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  );
}
