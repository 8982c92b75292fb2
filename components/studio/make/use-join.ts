'use client';

import { useEffect, useState } from 'react';
import { loadSender } from '#components/files/send-file.ts';

/** The sheet for signing up: asked for again when it did not come. */
export const loadJoinSheet = () => import('./join-sheet.tsx').then(({ JoinSheet }) => JoinSheet);

/**
 * Whether somebody signs up over the studio. The sheet, and what sends photos, are fetched after what is looked at and before
 * they are asked for: a slow line brings them meanwhile.
 *
 * @param isNear There is all to see of a photo.
 * @param isVisitor Nobody is signed in.
 */
export function useJoin(isNear: boolean, isVisitor: boolean) {
  const [isJoining, setJoining] = useState(false);
  useEffect(() => {
    if (!isNear) return;
    if (isVisitor) void loadJoinSheet().catch(() => undefined);
    void loadSender().catch(() => undefined);
  }, [isNear, isVisitor]);
  /** False when the sheet could not be fetched. */
  const open = () =>
    loadJoinSheet().then(
      () => {
        setJoining(true);
        return true;
      },
      () => false,
    );
  return { isJoining, open, close: () => setJoining(false) };
}
