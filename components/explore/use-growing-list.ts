import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MoreShown } from './answer-more.ts';
import { type GrownList, keepHere, noteTop, recallHere, recallStored, storeKept } from './grown-lists.ts';
import type { ShownImage } from './shown-image.ts';

/** The place of the following images is the page's own, under `/api`. */
async function fetchMore(next: string): Promise<MoreShown> {
  const answer = await fetch(`/api${next}`, { signal: AbortSignal.timeout(15_000) });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/**
 * A list of images that goes on below itself, and stands as it was left when one comes back to it. `list` is the
 * address of its page without what is opened on it.
 */
export function useGrowingList(list: string, images: readonly ShownImage[], next: string | null) {
  const [shown, setShown] = useState<Pick<GrownList, 'images' | 'next'>>(
    () => recallHere(list) ?? { images, next },
  );
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  /** How many came last; null before any did. */
  const [added, setAdded] = useState<number | null>(null);
  const topWanted = useRef(recallHere(list)?.top ?? null);

  useEffect(() => {
    if (recallHere(list)) return;
    const stored = recallStored(list);
    if (!stored) return;
    topWanted.current = stored.top;
    keepHere(stored);
    setShown(stored);
  }, [list]);
  useLayoutEffect(() => {
    // Grown to its size again, it is where it was.
    const top = topWanted.current;
    if (top === null || document.documentElement.scrollHeight < top) return;
    topWanted.current = null;
    if (Math.abs(window.scrollY - top) > 1) window.scrollTo({ top, behavior: 'instant' });
  });
  useEffect(() => {
    const note = () => noteTop(list);
    window.addEventListener('scroll', note, { passive: true });
    window.addEventListener('pagehide', storeKept);
    return () => {
      window.removeEventListener('scroll', note);
      window.removeEventListener('pagehide', storeKept);
    };
  }, [list]);

  const grow = useCallback(async () => {
    if (!shown.next || state === 'busy') return;
    setState('busy');
    try {
      const more = await fetchMore(shown.next);
      const known = new Set(shown.images.map(({ id }) => id));
      const fresh = more.images.filter(({ id }) => !known.has(id));
      const grown = { images: [...shown.images, ...fresh], next: more.next };
      keepHere({ list, ...grown, top: window.scrollY });
      setShown(grown);
      setAdded(fresh.length);
      setState('idle');
    } catch {
      setState('failed');
    }
  }, [list, shown, state]);

  return { ...shown, state, added, grow };
}
