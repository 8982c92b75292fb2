import { useCallback, useEffect, useRef } from 'react';
import { useRouter } from '#lib/core/i18n/navigation.ts';
import { readNotice } from './page-notice.ts';

const pausesMs = [0, 1000, 3000, 5000, 10_000];

async function isReachable(): Promise<boolean> {
  if (!navigator.onLine) return false;
  return fetch('/api/health/live', { cache: 'no-store', signal: AbortSignal.timeout(5000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}

/**
 * Shows the page anew as soon as the server answers. Asked over a cut line, Next.js would leave the page for the
 * browser's own error, and everything under way on it would be lost.
 */
export function useSafeRefresh(): () => void {
  const router = useRouter();
  /** The one try that counts; null when nobody waits. */
  const current = useRef<object | null>(null);
  useEffect(
    () => () => {
      current.current = null;
    },
    [],
  );
  return useCallback(() => {
    const mine = {};
    current.current = mine;
    void (async () => {
      for (let tried = 0; current.current === mine; tried += 1) {
        await new Promise((resolve) => setTimeout(resolve, pausesMs[Math.min(tried, pausesMs.length - 1)]));
        if (current.current !== mine) return;
        if (await isReachable()) {
          // Without a session the page would be left for that of signing in, and what was typed with it.
          if (current.current === mine && readNotice() !== 'ended') router.refresh();
          return;
        }
      }
    })();
  }, [router]);
}
