'use client';

import { clsx } from 'clsx';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { DropZone } from '#components/files/drop-zone.tsx';
import { PhotoLibrary } from '#components/files/photo-library.tsx';
import { PhotoTermsLine, type ShownTerms } from '#components/files/photo-terms-line.tsx';
import { UploadProgress } from '#components/files/upload-progress.tsx';
import { UploadRow } from '#components/files/upload-row.tsx';
import type { UploadItem } from '#components/files/use-uploads.ts';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import type { PhotoPage } from '#lib/files/photo/list-photos.ts';
import { SharedPhotos } from './shared-photos.tsx';

/** What can be done with files that are on their way. */
export type UploadControls = {
  readonly items: readonly UploadItem[];
  readonly pause: (id: number) => void;
  readonly resume: (id: number) => void;
  readonly remove: (id: number) => void;
};

type Props = {
  uploads: UploadControls;
  onFiles: (files: File[]) => void;
  onUse: (photo: ImageView) => void;
  /** Files are held over the page now. */
  isOver: boolean;
  /** There are photos already, and others are being added. */
  isMore: boolean;
  earlier: PhotoPage;
  terms: ShownTerms;
};

/** Where photos are brought in: sent now, or used again. What is on its way takes the place of the zone. */
export function StudioIntake({ uploads, onFiles, onUse, isOver, isMore, earlier, terms }: Props) {
  const t = useTranslations('studio');
  const files = useTranslations('files');
  const router = useRouter();
  const { items } = uploads;
  const [only] = items;
  const failed = items.filter(({ sending }) => sending.phase === 'failed');
  const isOne = items.length === 1 && only && failed.length === 0;
  return (
    <div className="grid h-full min-w-0 gap-5 lg:grid-rows-[1fr_auto]">
      <div className="grid min-w-0 gap-4">
        <SharedPhotos onSend={onFiles} />
        {isOne ? (
          // On a phone as high as the stage with its row of photos, so that nothing below moves when it arrives.
          <div className="h-[calc(clamp(8rem,100dvh-33rem,58dvh)+4.75rem)] min-h-52 lg:h-full">
            <UploadProgress
              file={only.file}
              sending={only.sending}
              onPause={() => uploads.pause(only.id)}
              onResume={() => uploads.resume(only.id)}
              onCancel={() => uploads.remove(only.id)}
            />
          </div>
        ) : (
          <DropZone
            onFiles={onFiles}
            isOver={isOver}
            camera
            multiple
            texts={{
              hint: t('hint'),
              hintTouch: files('hintTouch'),
              dropHere: files('many.dropHere'),
              choose: files('choose'),
              formats: t('formats'),
            }}
          >
            <PhotoTermsLine terms={terms} />
          </DropZone>
        )}
        {isOne || items.length === 0 ? null : <UploadRows uploads={uploads} />}
      </div>
      <div className={clsx('min-w-0 empty:hidden', isOne && !isMore && 'max-lg:hidden')}>
        <PhotoLibrary page={earlier} onUse={onUse} onChanged={() => router.refresh()} />
      </div>
    </div>
  );
}

/** Every file on its way with its progress and controls, and what became of those that did not arrive. */
export function UploadRows({ uploads }: { uploads: UploadControls }) {
  const files = useTranslations('files');
  const { items, pause, resume, remove } = uploads;
  const going = items.filter(({ sending }) => sending.phase !== 'failed');
  return (
    <div className="grid content-start gap-2">
      {items.map((item) =>
        item.sending.phase === 'failed' ? (
          <FailedUpload
            key={item.id}
            name={items.length > 1 ? item.file.name : null}
            sending={item.sending}
            onRetry={() => resume(item.id)}
            onRemove={() => remove(item.id)}
          />
        ) : null,
      )}
      {going.length > 0 ? (
        <ul aria-label={files('many.list')} className="grid gap-2">
          {going.map((item) => (
            <UploadRow
              key={item.id}
              item={item}
              onPause={() => pause(item.id)}
              onResume={() => resume(item.id)}
              onRemove={() => remove(item.id)}
            />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

type Failure = Extract<UploadItem['sending'], { phase: 'failed' }>;

/** Why a file did not arrive, and what can be done: go on, try again, or leave it. */
function FailedUpload({
  name,
  sending,
  onRetry,
  onRemove,
}: {
  name: string | null;
  sending: Failure;
  onRetry: () => void;
  onRemove: () => void;
}) {
  const t = useTranslations();
  const { code, canRetry } = sending;
  const isCut = code === 'connectionLost';
  return (
    <Alert
      tone="danger"
      live
      title={name ? <bdi>{name}</bdi> : undefined}
      action={
        <div className="flex shrink-0 flex-wrap justify-end gap-1">
          {canRetry ? (
            <Button variant="secondary" size="sm" onClick={onRetry}>
              {t(isCut ? 'files.resume' : 'files.retry')}
            </Button>
          ) : null}
          <Button
            variant="quiet"
            size="icon"
            className="-m-2"
            aria-label={t('files.remove')}
            onClick={onRemove}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      }
    >
      {isCut ? t('files.connectionLost') : t(`errors.${code}`)}
    </Alert>
  );
}
