'use client';

import { useTranslations } from 'next-intl';
import { DropZone } from '#components/files/drop-zone.tsx';
import { PhotoLibrary } from '#components/files/photo-library.tsx';
import { PhotoTermsLine, type ShownTerms } from '#components/files/photo-terms-line.tsx';
import { UploadProgress } from '#components/files/upload-progress.tsx';
import { UploadRow } from '#components/files/upload-row.tsx';
import type { UploadItem } from '#components/files/use-uploads.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PhotoPage } from '#lib/files/list-photos.ts';
import type { ImageView } from '#lib/files/view.ts';

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
  earlier: PhotoPage;
  terms: ShownTerms;
};

/** Where photos are brought in: sent now, or used again. What is on its way takes the place of the zone. */
export function StudioIntake({ uploads, onFiles, onUse, isOver, earlier, terms }: Props) {
  const t = useTranslations('studio');
  const files = useTranslations('files');
  const router = useRouter();
  const { items } = uploads;
  const [only] = items;
  const isOne = items.length === 1 && only && only.sending.phase !== 'failed';
  return (
    <div className="grid h-full min-w-0 gap-5 lg:grid-rows-[1fr_auto]">
      <div className="grid min-w-0 gap-4">
        {isOne ? (
          <UploadProgress
            file={only.file}
            sending={only.sending}
            onPause={() => uploads.pause(only.id)}
            onResume={() => uploads.resume(only.id)}
            onCancel={() => uploads.remove(only.id)}
          />
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
      <PhotoLibrary page={earlier} onUse={onUse} onChanged={() => router.refresh()} />
    </div>
  );
}

/** Every file on its way, each with its own progress and controls. */
export function UploadRows({ uploads }: { uploads: UploadControls }) {
  const files = useTranslations('files');
  const { items, pause, resume, remove } = uploads;
  return (
    <ul aria-label={files('many.list')} className="grid content-start gap-2">
      {items.map((item) => (
        <UploadRow
          key={item.id}
          item={item}
          onPause={() => pause(item.id)}
          onResume={() => resume(item.id)}
          onRemove={() => remove(item.id)}
        />
      ))}
    </ul>
  );
}
