'use client';

import { useEffect, useRef, useState } from 'react';
import type { PhotoCheck } from '#lib/conversions/photo-check/view.ts';

/** What is said about each photo before anybody pays, as soon as it is known; a check that fails says nothing. */
export function usePhotoChecks(imageIds: readonly string[]): Readonly<Record<string, PhotoCheck>> {
  const [checks, setChecks] = useState<Readonly<Record<string, PhotoCheck>>>({});
  const asked = useRef(new Set<string>());

  useEffect(() => {
    for (const id of imageIds) {
      if (asked.current.has(id)) continue;
      asked.current.add(id);
      void fetch(`/api/photo-check/${id}`)
        .then(async (answer) => {
          if (!answer.ok) return;
          const check = (await answer.json()) as PhotoCheck;
          setChecks((all) => ({ ...all, [id]: check }));
        })
        .catch(() => asked.current.delete(id));
    }
  }, [imageIds]);

  return checks;
}
