'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import type { ImageView } from '#lib/files/view.ts';
import { DropZone } from './drop-zone.tsx';
import { PhotoTermsLine, type ShownTerms } from './photo-terms-line.tsx';
import type { Sending } from './send-file.ts';
import { UploadProgress } from './upload-progress.tsx';
import { usePageFiles } from './use-page-files.ts';
import { useUploads } from './use-uploads.ts';

type Props = {
  /** What sending a first photo agrees to. */
  terms: ShownTerms;
  onUploaded: (image: ImageView) => void;
};

/**
 * Takes one photo: chosen, dropped anywhere on the page, pasted, or made with a phone's camera. What can be
 * said against a file is said before a byte is sent. Needs the namespace `files` on the client.
 */
export function PhotoUploader({ terms, onUploaded }: Props) {
  const t = useTranslations('files');
  const { items, add, pause, resume, remove } = useUploads({
    route: 'photo',
    agreedTo: terms.code,
    atOnce: 1,
    onUploaded,
  });
  const [note, setNote] = useState<'onlyOne' | 'cancelled' | null>(null);
  const isOver = usePageFiles(send);
  const item = items.at(-1);
  const sending = item?.sending;

  function send(files: readonly File[]) {
    if (files.length === 0) return;
    // A newer photo takes the place of an older one that is still under way.
    for (const { id } of items) remove(id);
    setNote(files.length > 1 ? 'onlyOne' : null);
    if (files.length === 1) add(files);
  }

  const underWay =
    sending && sending.phase !== 'failed' && sending.phase !== 'done' && sending.phase !== 'cancelled';
  return (
    <div className="grid h-full grid-rows-[1fr_auto] gap-4">
      <p role="status" className="sr-only">
        {note === 'cancelled' ? t('cancelled') : <Said sending={sending} name={item?.file.name ?? ''} />}
      </p>
      {item && underWay ? (
        <UploadProgress
          file={item.file}
          sending={item.sending}
          onPause={() => pause(item.id)}
          onResume={() => resume(item.id)}
          onCancel={() => {
            remove(item.id);
            setNote('cancelled');
          }}
        />
      ) : (
        <DropZone
          onFiles={send}
          isOver={isOver}
          camera
          texts={{
            hint: t('hint'),
            hintTouch: t('hintTouch'),
            dropHere: t('dropHere'),
            choose: t('choose'),
            formats: t('formats'),
          }}
        >
          <PhotoTermsLine terms={terms} />
        </DropZone>
      )}
      {note === 'onlyOne' ? (
        <Alert tone="danger" live>
          {t('onlyOne')}
        </Alert>
      ) : null}
      {item && sending?.phase === 'failed' ? (
        <Failed sending={sending} onRetry={() => resume(item.id)} />
      ) : null}
    </div>
  );
}

/** What a screen reader says when the state changes; percentages are the progress bar's. */
function Said({ sending, name }: { sending: Sending | undefined; name: string }) {
  const t = useTranslations('files');
  switch (sending?.phase) {
    case 'sending':
      return t('uploading', { name });
    case 'paused':
      return sending.offline ? t('offline') : t('paused');
    case 'accepting':
      return t('processing');
    case 'done':
      return t('done');
    default:
      return null;
  }
}

type Failure = Extract<Sending, { phase: 'failed' }>;

function Failed({ sending, onRetry }: { sending: Failure; onRetry: () => void }) {
  const t = useTranslations();
  const { code, canRetry } = sending;
  return (
    <Alert
      tone="danger"
      live
      action={
        canRetry ? (
          <Button variant="secondary" size="sm" onClick={onRetry}>
            {code === 'connectionLost' ? t('files.resume') : t('files.retry')}
          </Button>
        ) : null
      }
    >
      {code === 'connectionLost' ? t('files.connectionLost') : t(`errors.${code}`)}
    </Alert>
  );
}
