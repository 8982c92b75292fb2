'use client';

import { Eye, EyeOff, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { Button } from '#components/ui/button.tsx';
import { EmptyState } from '#components/ui/empty-state.tsx';
import { toast } from '#components/ui/toast-store.ts';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { deleteGalleryImage, publishGalleryImage, unpublishGalleryImage } from '#lib/files/actions.ts';
import type { LibraryImage } from '#lib/files/view.ts';
import { DeletionQuestion } from './deletion-question.tsx';
import { MultiUploader } from './multi-uploader.tsx';
import { Picture, toShown } from './picture.tsx';

type Props = { images: readonly LibraryImage[] };

/** A vendor's worktable: where pictures come in, and those that are there. */
export function GalleryDesk({ images }: Props) {
  const t = useTranslations('library.gallery');
  const router = useRouter();
  return (
    <>
      <MultiUploader onUploaded={() => router.refresh()} />
      {images.length === 0 ? (
        <EmptyState title={t('empty')}>{t('emptyHint')}</EmptyState>
      ) : (
        <ul
          aria-label={t('list')}
          className="grid grid-cols-2 gap-4 sm:grid-cols-3 lg:grid-cols-4 xl:grid-cols-5"
        >
          {images.map((image) => (
            <GalleryItem key={image.id} image={image} onChanged={() => router.refresh()} />
          ))}
        </ul>
      )}
    </>
  );
}

function GalleryItem({ image, onChanged }: { image: LibraryImage; onChanged: () => void }) {
  const t = useTranslations('library.gallery');
  const errors = useTranslations('errors');
  const [busy, start] = useTransition();
  const { id, fileName, isPublic } = image;

  const turn = () =>
    start(async () => {
      const turned = await (isPublic ? unpublishGalleryImage : publishGalleryImage)({ id });
      if (turned.ok) toast('success', t(isPublic ? 'unpublished' : 'published'));
      else toast('danger', errors(turned.code));
      onChanged();
    });

  return (
    <li className="grid min-w-0 grid-cols-1 content-start gap-2">
      <div className="aspect-square overflow-hidden rounded-card bg-sunken">
        <Picture
          image={toShown(image)}
          alt={fileName}
          sizes="(min-width: 64rem) 240px, 45vw"
          className="size-full object-contain"
        />
      </div>
      <div className="flex items-center gap-1">
        <p className="flex min-w-0 grow items-center gap-1.5 text-xs text-muted [&_svg]:size-4 [&_svg]:shrink-0">
          {isPublic ? <Eye aria-hidden="true" /> : <EyeOff aria-hidden="true" />}
          <span className="truncate">{t(isPublic ? 'public' : 'private')}</span>
        </p>
        <DeletionQuestion
          title={t('delete.title')}
          text={t('delete.text')}
          onConfirm={async () => {
            const deleted = await deleteGalleryImage({ id });
            if (deleted.ok) toast('success', t('delete.done'));
            else toast('danger', errors(deleted.code));
            onChanged();
          }}
        >
          <Button variant="quiet" size="icon" aria-label={`${t('delete.action')}: ${fileName}`}>
            <Trash2 aria-hidden="true" />
          </Button>
        </DeletionQuestion>
      </div>
      <Button
        variant="secondary"
        size="sm"
        busy={busy}
        onClick={turn}
        aria-label={`${t(isPublic ? 'unpublish' : 'publish')}: ${fileName}`}
      >
        {t(isPublic ? 'unpublish' : 'publish')}
      </Button>
    </li>
  );
}
