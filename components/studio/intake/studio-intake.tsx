'use client';

import { useTranslations } from 'next-intl';
import { DropZone } from '#components/files/drop-zone.tsx';
import { PhotoLibrary } from '#components/files/photo-library.tsx';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import type { PhotoPage } from '#lib/files/photo/list-photos.ts';
import { SharedPhotos } from './shared-photos.tsx';

type Props = {
  onFiles: (files: readonly File[]) => void;
  onUse: (photo: ImageView) => void;
  onLook: (() => void) | undefined;
  /** Files are held over the page now. */
  isOver: boolean;
  earlier: PhotoPage;
};

/** Where photos are brought in: from the device, where they stay, or used again from the account. */
export function StudioIntake({ onFiles, onUse, onLook, isOver, earlier }: Props) {
  const t = useTranslations('studio');
  const files = useTranslations('files');
  const refresh = useSafeRefresh();
  return (
    <div className="grid h-full min-w-0 gap-5 lg:grid-rows-[1fr_auto]">
      <div className="grid min-w-0 gap-4">
        <SharedPhotos onSend={onFiles} />
        <DropZone
          onFiles={onFiles}
          onLook={onLook}
          isOver={isOver}
          camera
          multiple
          anyPicture
          texts={{
            hint: t('hint'),
            hintTouch: files('hintTouch'),
            dropHere: files('many.dropHere'),
            choose: files('choose'),
            formats: t('formats'),
          }}
        >
          <p className="max-w-form text-xs text-muted">{t('private')}</p>
        </DropZone>
      </div>
      <div className="min-w-0 empty:hidden">
        <PhotoLibrary page={earlier} onUse={onUse} onChanged={refresh} />
      </div>
    </div>
  );
}
