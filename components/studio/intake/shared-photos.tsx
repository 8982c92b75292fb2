'use client';

import { useTranslations } from 'next-intl';
import { useFilePreview } from '#components/files/use-file-preview.ts';
import { Button } from '#components/ui/button.tsx';
import { useSharedPhotos } from './use-shared-photos.ts';

/** Photos that came from another app: shown first, sent only when their owner says so. */
export function SharedPhotos({ onSend }: { onSend: (files: readonly File[]) => void }) {
  const t = useTranslations('studio.shared');
  const { files, clear } = useSharedPhotos();
  if (files.length === 0) return null;
  return (
    <section
      aria-labelledby="shared-photos"
      className="grid gap-4 rounded-card border border-line bg-surface p-4 sm:grid-cols-[auto_1fr] sm:items-center"
    >
      <ul className="flex gap-2">
        {files.slice(0, 4).map((file) => (
          <SharedPhoto key={`${file.name} ${file.size}`} file={file} />
        ))}
      </ul>
      <div className="grid gap-3">
        <h2 id="shared-photos" className="font-semibold">
          {t('title', { count: files.length })}
        </h2>
        <div className="flex flex-wrap gap-3">
          <Button
            onClick={() => {
              onSend([...files]);
              clear();
            }}
          >
            {t('send', { count: files.length })}
          </Button>
          <Button variant="quiet" onClick={clear}>
            {t('leave')}
          </Button>
        </div>
      </div>
    </section>
  );
}

function SharedPhoto({ file }: { file: File }) {
  const preview = useFilePreview(file);
  return (
    <li className="size-20 overflow-hidden rounded-control bg-sunken">
      {preview ? (
        // biome-ignore lint/performance/noImgElement: the file in memory; there is nothing to optimise
        <img src={preview} alt={file.name} className="size-20 object-cover" />
      ) : null}
    </li>
  );
}
