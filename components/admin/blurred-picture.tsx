'use client';

import { clsx } from 'clsx';
import { useTranslations } from 'next-intl';
import { useState } from 'react';

/** A picture that might be hard to look at: blurred until somebody wants to see it. */
export function BlurredPicture({ src, alt }: { src: string; alt: string }) {
  const t = useTranslations('admin.moderation');
  const [isShown, setShown] = useState(false);
  return (
    <div className="relative aspect-[4/3] overflow-hidden rounded-control bg-sunken">
      {/* biome-ignore lint/performance/noImgElement: stored in the size it is shown in */}
      <img
        src={src}
        alt={alt}
        loading="lazy"
        className={clsx('size-full object-contain transition-[filter] duration-calm', !isShown && 'blur-2xl')}
      />
      <button
        type="button"
        aria-pressed={isShown}
        aria-label={`${t(isShown ? 'blur' : 'look')} · ${alt}`}
        onClick={() => setShown(!isShown)}
        className="absolute end-2 bottom-2 rounded-control border border-line bg-raised px-3 py-1.5 text-xs font-semibold text-ink"
      >
        {t(isShown ? 'blur' : 'look')}
      </button>
    </div>
  );
}
