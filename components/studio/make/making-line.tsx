'use client';

import { useFormatter, useTranslations } from 'next-intl';
import type { MouseEvent } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { useAnnouncement } from '#components/ui/overlay/use-announcement.ts';
import { Progress } from '#components/ui/progress.tsx';
import type { Making } from './use-make.ts';

type OnTheWay = Extract<Making, { phase: 'sending' }>;

type Props = { making: OnTheWay; onPause: () => void; onResume: () => void; onCancel: () => void };

/** These buttons come to where the one to send was: the second half of a double click on that is not meant for them. */
const unlessDouble = (act: () => void) => (event: MouseEvent) => {
  if (event.detail < 2) act();
};

/** What is going on, in words; null where an alert says it. */
function useText() {
  const t = useTranslations('studio.making');
  const files = useTranslations('files');
  return ({ at, of, sending }: OnTheWay): string | null => {
    if (sending.phase === 'failed') return null;
    if (sending.phase === 'paused') return files(sending.offline ? 'offline' : 'paused');
    if (sending.phase === 'waiting') return t('preparing');
    return sending.phase === 'sending' ? t('sending', { at, of }) : files('processing');
  };
}

/** A photo on its way: how far it is, and ways to halt it, go on or stop. Its name is nowhere: it would widen the page. */
export function MakingLine({ making, onPause, onResume, onCancel }: Props) {
  const files = useTranslations('files');
  const errors = useTranslations('errors');
  const format = useFormatter();
  const text = useText()(making);
  useAnnouncement(text);
  const { sending } = making;
  if (sending.phase === 'failed') {
    return (
      <Alert
        tone="danger"
        live
        compact
        title={sending.code === 'connectionLost' ? files('connectionLost') : errors(sending.code)}
      >
        <div className="-mx-3 flex gap-1">
          <Button variant="quiet" size="sm" onClick={onResume}>
            {files(sending.code === 'connectionLost' ? 'resume' : 'retry')}
          </Button>
          <Button variant="quiet" size="sm" onClick={onCancel}>
            {files('cancel')}
          </Button>
        </div>
      </Alert>
    );
  }
  const isPaused = sending.phase === 'paused';
  const share = sending.phase === 'sending' || sending.phase === 'paused' ? sending.share : undefined;
  return (
    <div className="grid min-h-13 content-center gap-1.5">
      <div className="flex items-center justify-between gap-3 text-sm">
        <p className="min-w-0 leading-snug">{text}</p>
        <div className="flex shrink-0 items-center gap-1">
          {share === undefined ? null : (
            <>
              <span aria-hidden="true" className="tabular text-muted">
                {format.number(share, { style: 'percent', maximumFractionDigits: 0 })}
              </span>
              <Button variant="quiet" size="sm" onClick={unlessDouble(isPaused ? onResume : onPause)}>
                {files(isPaused ? 'resume' : 'pause')}
              </Button>
            </>
          )}
          <Button variant="quiet" size="sm" onClick={unlessDouble(onCancel)}>
            {files('cancel')}
          </Button>
        </div>
      </div>
      <Progress value={share} label={text ?? ''} />
    </div>
  );
}
