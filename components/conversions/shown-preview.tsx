'use client';

import { useEffect, useState } from 'react';
import { dropShown, readShown } from '#components/studio/draft/keep-draft.ts';

type Props = {
  id: string;
  /** How far the work is, 0 to 1. */
  share: number;
  alt: string;
};

/** Pixels of blur while nothing is done yet. */
const mostBlur = 14;

/** What the studio showed of this picture, sharpening while the real one is made. Where it is not kept, nothing. */
export function ShownPreview({ id, share, alt }: Props) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    let url: string | null = null;
    let isGone = false;
    void readShown(id).then((blob) => {
      if (isGone || !blob) return;
      url = URL.createObjectURL(blob);
      setAddress(url);
    });
    return () => {
      isGone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [id]);
  useEffect(() => {
    if (share >= 1) void dropShown(id);
  }, [share, id]);
  if (!address) return null;
  return (
    // biome-ignore lint/performance/noImgElement: made on this device; there is nothing to optimise
    <img
      src={address}
      alt={alt}
      data-shown
      style={{ filter: `blur(${Math.round((1 - share) * mostBlur)}px)` }}
      className="absolute inset-0 size-full animate-fade object-cover transition-[filter] duration-reveal"
    />
  );
}
