'use client';

import { useEffect, useState } from 'react';
import type { PreviewProgress } from '#lib/conversions/preview/view.ts';

/** Nobody waits longer for thumbnails: then the catalogue's own pictures stand in. */
const patienceMs = 30_000;
const pollEveryMs = 1500;

export type Previews = { readonly addresses: PreviewProgress['previews']; readonly isWorking: boolean };

const none: Previews = { addresses: {}, isWorking: false };

/**
 * The styles as they look on one photo, as they come: by server-sent events, and by asking again where a
 * stream does not get through. What has come stays known for the life of the page.
 */
export function usePreviews(imageId: string | null): Previews {
  const [known, setKnown] = useState<Readonly<Record<string, Previews>>>({});

  useEffect(() => {
    if (!imageId) return;
    const address = `/api/previews/${imageId}`;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const stream = new EventSource(`${address}/events`);
    const tell = (progress: Pick<PreviewProgress, 'previews' | 'done'>) =>
      setKnown((all) => ({
        ...all,
        [imageId]: {
          addresses: { ...all[imageId]?.addresses, ...progress.previews },
          isWorking: !progress.done,
        },
      }));
    const end = () => {
      isOver = true;
      clearTimeout(timer);
      clearTimeout(patience);
      stream.close();
    };
    const take = (progress: PreviewProgress) => {
      if (isOver) return;
      tell(progress);
      if (progress.done) end();
    };
    const giveUp = () => {
      end();
      tell({ previews: {}, done: true });
    };
    const poll = async () => {
      const answer = await fetch(address, { cache: 'no-store' }).catch(() => null);
      if (isOver) return;
      if (answer && !answer.ok) return giveUp();
      if (answer) take((await answer.json()) as PreviewProgress);
      if (!isOver) timer = setTimeout(poll, pollEveryMs);
    };
    const patience = setTimeout(giveUp, patienceMs);
    stream.onmessage = (event) => take(JSON.parse(event.data) as PreviewProgress);
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED && !timer) timer = setTimeout(poll, 0);
    };
    tell({ previews: {}, done: false });
    return end;
  }, [imageId]);

  return imageId ? (known[imageId] ?? none) : none;
}
