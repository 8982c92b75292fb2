'use client';

import { useTranslations } from 'next-intl';
import { PhotoUploader } from '#components/files/photo-uploader.tsx';
import { Picture, toShown } from '#components/files/picture.tsx';
import { Button } from '#components/ui/button.tsx';
import type { ImageView } from '#lib/files/view.ts';

type Props = { photo: ImageView | null; onChange: (photo: ImageView | null) => void };

/** The place of the photo: where it is brought in, then the photo itself, whole. */
export function StudioPhoto({ photo, onChange }: Props) {
  const t = useTranslations('studio');
  if (!photo) return <PhotoUploader onUploaded={onChange} />;
  return (
    <div className="relative grid place-items-center overflow-hidden rounded-card bg-sunken lg:size-full">
      <Picture
        image={toShown(photo)}
        alt={t('photoAlt')}
        sizes="(min-width: 64rem) 640px, 100vw"
        first
        placeholder="blur"
        className="h-auto max-h-[42dvh] w-auto max-w-full animate-fade object-contain lg:max-h-full"
      />
      <div className="absolute end-3 top-3">
        <Button variant="secondary" size="sm" onClick={() => onChange(null)}>
          {t('change')}
        </Button>
      </div>
    </div>
  );
}
