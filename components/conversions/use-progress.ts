'use client';

import { useEffect, useState } from 'react';
import { type ConversionProgress, isFinal } from '#lib/conversions/view.ts';

const pollEveryMs = 2000;

/**
 * Follows a conversion until it is final: by server-sent events, and by asking again and again where a
 * stream does not get through. `onFinal` is called once, with what it ended as where that is known; `isCut` says that neither gets through just now.
 */
export function useProgress(
  initial: ConversionProgress,
  onFinal: (last: ConversionProgress | null) => void,
): { progress: ConversionProgress; isCut: boolean } {
  const [progress, setProgress] = useState(initial);
  const [isCut, setCut] = useState(false);
  const { id } = initial;

  // biome-ignore lint/correctness/useExhaustiveDependencies: one stream for the life of the page; onFinal only refreshes
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const address = `/api/conversions/${id}`;
    const stream = new EventSource(`${address}/events`);

    const finish = (last: ConversionProgress | null) => {
      if (isOver) return;
      isOver = true;
      stream.close();
      onFinal(last);
    };
    const take = (next: ConversionProgress) => {
      setCut(false);
      setProgress(next);
      if (isFinal(next)) finish(next);
    };
    const poll = async () => {
      const answer = await fetch(address, { cache: 'no-store' }).catch(() => null);
      if (isOver) return;
      // Signed out or gone meanwhile: the page itself knows what to say.
      if (answer && (answer.status === 401 || answer.status === 404)) return finish(null);
      if (!answer) setCut(true);
      if (answer?.ok) take((await answer.json()) as ConversionProgress);
      if (!isOver) timer = setTimeout(poll, pollEveryMs);
    };

    stream.onmessage = (event) => take(JSON.parse(event.data) as ConversionProgress);
    stream.onopen = () => setCut(false);
    stream.onerror = () => {
      // While it connects again by itself there is nothing to do; a server that restarts is soon back.
      if (stream.readyState === EventSource.CONNECTING && !navigator.onLine) setCut(true);
      if (stream.readyState === EventSource.CLOSED && !timer) timer = setTimeout(poll, 0);
    };
    return () => {
      isOver = true;
      clearTimeout(timer);
      stream.close();
    };
  }, [id]);

  return { progress, isCut };
}
