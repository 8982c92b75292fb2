'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { callAction } from '#components/ui/action/call-action.ts';
import { ConfirmDialog } from '#components/ui/action/confirm-dialog.tsx';
import { Button } from '#components/ui/button.tsx';
import { byteSize } from '#components/ui/byte-size.ts';
import { Meter } from '#components/ui/meter.tsx';
import { dropSentFiles } from '#lib/gallery/album/actions.ts';
import type { KeptAsSent } from '#lib/gallery/album/queries.ts';
import type { AlbumView } from '#lib/gallery/album/view.ts';

type Props = { album: AlbumView; kept: KeptAsSent };

/** What an album keeps of files as they were sent, how much of the vendor's space is taken, and how to get it back. */
export function KeptAsSentNote({ album, kept }: Props) {
  const t = useTranslations('albums.originals');
  const words = useTranslations('albums');
  const format = useFormatter();
  if (!album.keepsSent && kept.files === 0) return null;
  const { files, space, used } = kept;
  const left = Math.max(0, space - used);
  /** All of them, a hundred at a time. */
  const dropAll = async () => {
    for (;;) {
      const dropped = await callAction(dropSentFiles, { id: album.id });
      if (!dropped.ok || dropped.value.left === 0) return dropped;
    }
  };
  return (
    <section aria-label={t('title')} className="grid gap-2 rounded-card border border-line bg-surface p-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-sm">
          <span className="font-semibold">{t(album.keepsSent ? 'on' : 'off')}</span>{' '}
          <span className="text-muted">{t('kept', { files, size: byteSize(format, kept.bytes) })}</span>
        </p>
        {files > 0 ? (
          <ConfirmDialog
            trigger={
              <Button variant="quiet" size="sm">
                {t('drop')}
              </Button>
            }
            title={t('dropTitle')}
            text={t('dropText', { files, size: byteSize(format, kept.bytes) })}
            cancel={words('cancel')}
            confirm={t('drop')}
            work={dropAll}
            done={t('dropped')}
          />
        ) : null}
      </div>
      <Meter
        label={t('space')}
        value={left}
        max={space}
        text={t('left', { left: byteSize(format, left), space: byteSize(format, space) })}
      />
    </section>
  );
}
