'use client';

import { useEffect, useState } from 'react';
import type { WaitView } from '#lib/conversions/queue/read-wait.ts';

const askEveryMs = 20_000;

/** How long so many results would take now; asked again while somebody looks at the page, if it may be asked. */
export function useWait(initial: WaitView, count: number, isAsked = true): WaitView {
  const [wait, setWait] = useState(initial);

  useEffect(() => {
    if (!isAsked) return;
    const stop = new AbortController();
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      const address = `/api/conversions/wait?count=${count}`;
      try {
        const answer = await fetch(address, { cache: 'no-store', signal: stop.signal });
        if (!answer.ok) return;
        const now = (await answer.json()) as WaitView;
        if (!stop.signal.aborted) setWait(now);
      } catch {
        // Left, or cut off: the last answer stands until the next one.
      }
    };
    if (count > 1) void ask();
    const timer = setInterval(() => void ask(), askEveryMs);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [count, isAsked]);

  return wait;
}
