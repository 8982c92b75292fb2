'use client';

import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Progress } from '#components/ui/progress.tsx';

type Props = {
  file: File;
  /** 0 to 1 while bytes are sent; undefined once they are there and the picture is looked at. */
  share: number | undefined;
  onCancel: () => void;
};

/** The photo that is on its way, how far it is, and a way to stop it. */
export function UploadProgress({ file, share, onCancel }: Props) {
  const t = useTranslations('files');
  const format = useFormatter();
  const preview = usePreview(file);
  const text = share === undefined ? t('processing') : t('uploading', { name: file.name });
  return (
    <div className="grid animate-fade gap-5 rounded-card border border-line bg-surface p-5">
      <div className="grid h-56 place-content-center overflow-hidden rounded-control bg-sunken">
        {preview ? (
          // biome-ignore lint/performance/noImgElement: the file in memory; there is nothing to optimise
          <img src={preview} alt={t('photoAlt')} className="h-56 w-auto max-w-full object-contain" />
        ) : null}
      </div>
      <div className="grid gap-2">
        <div className="flex items-baseline justify-between gap-4 text-sm">
          <p className="min-w-0 truncate">{text}</p>
          {share === undefined ? null : (
            <p className="shrink-0 text-muted" aria-hidden="true">
              {format.number(share, { style: 'percent', maximumFractionDigits: 0 })}
            </p>
          )}
        </div>
        <Progress value={share} label={text} />
      </div>
      <Button variant="secondary" onClick={onCancel} className="justify-self-center">
        {t('cancel')}
      </Button>
    </div>
  );
}

/** The file itself, shown before the server has it. */
function usePreview(file: File): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return address;
}
