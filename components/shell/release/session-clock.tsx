'use client';

import { useEffect } from 'react';
import { notePage } from '#components/ui/action/page-notice.ts';

/** So long before its end a session is told to end: enough to finish a sentence. */
const warnBeforeSeconds = 5 * 60;
/** A clock that runs longer than a page is open is not set; browsers would let it go off at once. */
const longestSeconds = 24 * 60 * 60;

/** Tells five minutes before a session ends that it will, and then that it has. Shows nothing itself. */
export function SessionClock({ endsInSeconds }: { endsInSeconds: number }) {
  useEffect(() => {
    if (endsInSeconds > longestSeconds) return;
    const at = (seconds: number, notice: 'ending' | 'ended') =>
      setTimeout(() => notePage(notice), Math.max(0, seconds) * 1000);
    const clocks = [at(endsInSeconds - warnBeforeSeconds, 'ending'), at(endsInSeconds, 'ended')];
    return () => clocks.forEach(clearTimeout);
  }, [endsInSeconds]);
  return null;
}
