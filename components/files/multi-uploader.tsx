'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { Progress } from '#components/ui/progress.tsx';
import type { ImageView } from '#lib/files/image/view.ts';
import { uploadLimits } from '#lib/files/policy.ts';
import { DropZone } from './drop-zone.tsx';
import { UploadRow } from './upload-row.tsx';
import { usePageFiles } from './use-page-files.ts';
import { totalShare, unfinished, useUploads } from './use-uploads.ts';

type Props = {
  /** Called for every picture that has been taken in. */
  onUploaded: (image: ImageView) => void;
  /** Called when nothing is under way any more, with what was taken in since the last time, in the order it was chosen. */
  onEnded?: (images: readonly ImageView[]) => void;
  /** How many pictures still fit, those under way not counted. */
  room: number;
  /** The album they are for. */
  albumId?: string;
  /** Whether files are sent as they are, because that album keeps them so. */
  keepsSent?: boolean;
};

const most = uploadLimits.maxGalleryFiles;

/**
 * Takes many pictures for a vendor's gallery, a few at a time, each with its own progress and controls.
 * Needs the namespace `files` on the client.
 */
export function MultiUploader({ onUploaded, onEnded, room: roomLeft, albumId, keepsSent = false }: Props) {
  const t = useTranslations('files');
  const format = useFormatter();
  const [leftOut, setLeftOut] = useState({ tooMany: 0, noRoom: 0 });
  const uploads = useUploads({ route: 'gallery', albumId, keepsSent, atOnce: 3, onUploaded });
  const { items } = uploads;
  const isOver = usePageFiles(take);

  const phases = items.map(({ sending }) => sending.phase);
  const count = (...wanted: (typeof phases)[number][]) =>
    phases.filter((phase) => wanted.includes(phase)).length;
  const [done, failed] = [count('done'), count('failed')];
  const underWay = count(...unfinished);
  const share = totalShare(items);
  const total = t('many.total', { done, all: items.length });

  function take(files: readonly File[]) {
    const places = Math.max(0, most - underWay);
    const fitting = Math.max(0, roomLeft - underWay);
    const kept = files.slice(0, Math.min(places, fitting));
    const noRoom = Math.max(0, Math.min(files.length, places) - fitting);
    setLeftOut({ tooMany: files.length - kept.length - noRoom, noRoom });
    uploads.add(kept);
  }

  const told = useRef(new Set<number>());
  const ended = useEffectEvent(() => {
    const fresh = items.filter(({ id, sending }) => sending.phase === 'done' && !told.current.has(id));
    for (const { id } of fresh) told.current.add(id);
    const images = fresh.flatMap(({ sending }) => (sending.phase === 'done' ? [sending.image] : []));
    if (images.length > 0) onEnded?.(images);
  });
  const isIdle = underWay === 0 && done > 0;
  useEffect(() => {
    if (isIdle) ended();
  }, [isIdle]);

  return (
    <div className="grid grid-cols-1 gap-5">
      <DropZone
        onFiles={take}
        isOver={isOver}
        multiple
        texts={{
          hint: t('many.hint'),
          hintTouch: t('many.hintTouch'),
          dropHere: t('many.dropHere'),
          choose: t('many.choose'),
          formats: t(keepsSent ? 'many.formatsSent' : 'many.formats', { most }),
        }}
      />
      {leftOut.noRoom > 0 ? (
        <Alert tone="warning" live>
          {t('many.noRoom', { room: roomLeft, left: leftOut.noRoom })}
        </Alert>
      ) : null}
      {leftOut.tooMany > 0 ? (
        <Alert tone="warning" live>
          {t('many.tooMany', { most, left: leftOut.tooMany })}
        </Alert>
      ) : null}
      {items.length > 0 ? (
        <section aria-label={t('many.list')} className="grid grid-cols-1 gap-4">
          <div className="grid gap-2">
            <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
              {/* Said when a picture is ready, not at every percent. */}
              <p role="status" className="text-sm font-semibold">
                {total}
                {failed > 0 ? (
                  <span className="text-danger"> · {t('many.failedCount', { count: failed })}</span>
                ) : null}
              </p>
              <div className="flex flex-wrap items-center gap-2">
                <span className="text-sm text-muted" aria-hidden="true">
                  {format.number(share, { style: 'percent', maximumFractionDigits: 0 })}
                </span>
                {failed + count('paused') > 1 ? (
                  <Button variant="secondary" size="sm" onClick={uploads.resumeAll}>
                    {t('retryAll')}
                  </Button>
                ) : null}
                {underWay === 0 ? (
                  <Button variant="quiet" size="sm" onClick={uploads.clear}>
                    {t('clear')}
                  </Button>
                ) : null}
              </div>
            </div>
            <Progress value={share} label={total} />
          </div>
          <ul className="grid grid-cols-1 gap-2">
            {items.map((item) => (
              <UploadRow
                key={item.id}
                item={item}
                onPause={() => uploads.pause(item.id)}
                onResume={() => uploads.resume(item.id)}
                onRemove={() => uploads.remove(item.id)}
              />
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}
