'use client';

import { useTranslations } from 'next-intl';
import { PhotoLibrary } from '#components/files/photo-library.tsx';
import type { ShownTerms } from '#components/files/photo-terms-line.tsx';
import { PhotoUploader } from '#components/files/photo-uploader.tsx';
import { Picture, toShown } from '#components/files/picture.tsx';
import { Button } from '#components/ui/button.tsx';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import type { PhotoPage } from '#lib/files/list-photos.ts';
import type { ImageView } from '#lib/files/view.ts';

type Props = {
  photo: ImageView | null;
  onChange: (photo: ImageView | null) => void;
  /** Photos of earlier days, to be used again. */
  earlier: PhotoPage;
  terms: ShownTerms;
};

/** The place of the photo: where it is brought in, then the photo itself, whole. */
export function StudioPhoto({ photo, onChange, earlier, terms }: Props) {
  const t = useTranslations('studio');
  const router = useRouter();
  if (!photo) {
    return (
      <div className="grid h-full min-w-0 gap-5 lg:grid-rows-[1fr_auto]">
        <PhotoUploader terms={terms} onUploaded={onChange} />
        <PhotoLibrary page={earlier} onUse={onChange} onChanged={() => router.refresh()} />
      </div>
    );
  }
  return (
    <div className="relative grid place-items-center overflow-hidden rounded-card bg-sunken lg:size-full">
      <Picture
        image={toShown(photo)}
        alt={t('photoAlt')}
        sizes="(min-width: 64rem) 640px, 100vw"
        first
        placeholder="blur"
        className="h-auto max-h-[36dvh] w-auto max-w-full animate-fade object-contain md:max-h-[52dvh] lg:max-h-full"
      />
      <div className="absolute end-3 top-3">
        <Button variant="secondary" size="sm" onClick={() => onChange(null)}>
          {t('change')}
        </Button>
      </div>
    </div>
  );
}
