'use client';

import { clsx } from 'clsx';
import { Camera, ImageUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ChangeEvent, useId } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button, buttonLook } from '#components/ui/button.tsx';
import { pictureTypes } from '#lib/files/policy.ts';
import type { ImageView } from '#lib/files/view.ts';
import { UploadProgress } from './upload-progress.tsx';
import { usePageFiles } from './use-page-files.ts';
import { type PhotoUpload, usePhotoUpload } from './use-photo-upload.ts';

const accept = pictureTypes.join(',');

type Props = { onUploaded: (image: ImageView) => void };

/**
 * Takes one photo: chosen, dropped anywhere on the page, pasted, or made with a phone's camera. What can be
 * said against a file is said before a byte is sent. Needs the namespace `files` on the client.
 */
export function PhotoUploader({ onUploaded }: Props) {
  const t = useTranslations('files');
  const { upload, send, cancel } = usePhotoUpload(onUploaded);
  const isOver = usePageFiles((files) => void send(files));
  const id = useId();

  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    // The same file may be chosen again after it failed.
    event.target.value = '';
    void send(files);
  };
  const input = { type: 'file', accept, onChange: choose, className: 'peer sr-only' } as const;

  return (
    <div className="grid h-full grid-rows-[1fr_auto] gap-4">
      <p role="status" className="sr-only">
        <Said upload={upload} />
      </p>
      {upload.phase === 'sending' || upload.phase === 'accepting' ? (
        <UploadProgress
          file={upload.file}
          share={upload.phase === 'sending' ? upload.share : undefined}
          onCancel={cancel}
        />
      ) : (
        <div
          className={clsx(
            'grid min-h-72 place-content-center justify-items-center gap-4 rounded-card border-2 border-dashed p-6 text-center',
            'transition-colors duration-quick ease-out',
            isOver ? 'border-primary bg-primary-soft' : 'border-field bg-surface',
          )}
        >
          <ImageUp aria-hidden="true" className="size-10 text-primary" />
          <p className="font-semibold pointer-coarse:hidden">{isOver ? t('dropHere') : t('hint')}</p>
          <p className="hidden font-semibold pointer-coarse:block">{t('hintTouch')}</p>
          <div className="flex flex-wrap justify-center gap-3">
            <div>
              <input {...input} id={`${id}-file`} name="file" aria-describedby={`${id}-formats`} />
              <label htmlFor={`${id}-file`} className={clsx(buttonLook(), focusOfInput)}>
                {t('choose')}
              </label>
            </div>
            <div className="hidden pointer-coarse:block">
              <input {...input} id={`${id}-camera`} capture="user" />
              <label
                htmlFor={`${id}-camera`}
                className={clsx(buttonLook({ variant: 'secondary' }), focusOfInput)}
              >
                <Camera aria-hidden="true" />
                {t('camera')}
              </label>
            </div>
          </div>
          <p id={`${id}-formats`} className="text-sm text-muted">
            {t('formats')}
          </p>
        </div>
      )}
      {upload.phase === 'failed' ? <Failed upload={upload} onRetry={send} /> : null}
    </div>
  );
}

/** The input is hidden from sight, so its label shows the focus. */
const focusOfInput =
  'cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-primary';

/** What a screen reader says when the state changes; percentages are the progress bar's. */
function Said({ upload }: { upload: PhotoUpload }) {
  const t = useTranslations('files');
  switch (upload.phase) {
    case 'sending':
      return t('uploading', { name: upload.file.name });
    case 'accepting':
      return t('processing');
    case 'done':
      return t('done');
    case 'cancelled':
      return t('cancelled');
    default:
      return null;
  }
}

function Failed({
  upload,
  onRetry,
}: {
  upload: Extract<PhotoUpload, { phase: 'failed' }>;
  onRetry: (files: File[]) => Promise<void>;
}) {
  const t = useTranslations();
  const { code, again } = upload;
  const text = code === 'connectionLost' || code === 'onlyOne' ? t(`files.${code}`) : t(`errors.${code}`);
  return (
    <Alert
      tone="danger"
      live
      action={
        again ? (
          <Button variant="secondary" size="sm" onClick={() => void onRetry([again])}>
            {t('files.retry')}
          </Button>
        ) : null
      }
    >
      {text}
    </Alert>
  );
}
