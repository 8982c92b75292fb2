'use client';

import { useEffect, useState } from 'react';
import type { DraftPhoto } from '../draft/draft.ts';

/** An address for a photo's own bytes, where nothing can be made of them on this device; null until it is there. */
export function useAddress(
  photo: DraftPhoto | null,
  read: (photo: DraftPhoto) => Promise<Blob | null>,
): string | null {
  const [address, setAddress] = useState<{ of: string; url: string } | null>(null);
  useEffect(() => {
    if (!photo) return;
    let url: string | null = null;
    let isGone = false;
    void read(photo).then((blob) => {
      if (isGone || !blob) return;
      url = URL.createObjectURL(blob);
      setAddress({ of: photo.key, url });
    });
    return () => {
      isGone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [photo, read]);
  return photo && address?.of === photo.key ? address.url : null;
}
