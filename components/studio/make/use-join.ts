'use client';

import { useEffect, useState } from 'react';

/** The sheet for signing up: asked for again when it did not come. */
export const loadJoinSheet = () => import('./join-sheet.tsx').then(({ JoinSheet }) => JoinSheet);

/**
 * Whether somebody signs up over the studio. The sheet is fetched after what is looked at and before it is asked for: a slow
 * line brings it meanwhile.
 *
 * @param isNear A visitor has all there is to see of a photo.
 */
export function useJoin(isNear: boolean) {
  const [isJoining, setJoining] = useState(false);
  useEffect(() => {
    if (isNear) void loadJoinSheet().catch(() => undefined);
  }, [isNear]);
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
