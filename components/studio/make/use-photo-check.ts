'use client';

import { useEffect, useRef, useState } from 'react';
import type { PhotoCheck } from '#lib/conversions/photo-check/view.ts';

/** What is said about a kept photo before anybody pays, as soon as it is known; a check that fails says nothing. */
export function usePhotoCheck(imageId: string | null): PhotoCheck | null {
  const [checks, setChecks] = useState<Readonly<Record<string, PhotoCheck>>>({});
  const asked = useRef(new Set<string>());

  useEffect(() => {
    if (!imageId || asked.current.has(imageId)) return;
    asked.current.add(imageId);
    void fetch(`/api/photo-check/${imageId}`)
      .then(async (answer) => {
        if (!answer.ok) return;
        const check = (await answer.json()) as PhotoCheck;
        setChecks((all) => ({ ...all, [imageId]: check }));
      })
      .catch(() => asked.current.delete(imageId));
  }, [imageId]);

  return imageId ? (checks[imageId] ?? null) : null;
}
