import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { MoreShown } from './answer-more.ts';
import {
  type GrownList,
  keepHere,
  type Listed,
  noteTop,
  recallHere,
  recallStored,
  storeKept,
} from './grown-lists.ts';

/** The place of what follows is the page's own, under `/api`. */
async function fetchMore<Item>(next: string): Promise<MoreShown<Item>> {
  const answer = await fetch(`/api${next}`, { signal: AbortSignal.timeout(15_000) });
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/**
 * A list that goes on below itself, and stands as it was left when one comes back to it. `list` is the address of
 * its page without what is opened on it, and which of the page's lists it is.
 */
export function useGrowingList<Item extends Listed>(
  list: string,
  items: readonly Item[],
  next: string | null,
) {
  const [shown, setShown] = useState<Pick<GrownList<Item>, 'items' | 'next'>>(
    () => recallHere<Item>(list) ?? { items, next },
  );
  const [state, setState] = useState<'idle' | 'busy' | 'failed'>('idle');
  /** How many came last; null before any did. */
  const [added, setAdded] = useState<number | null>(null);
  const topWanted = useRef(recallHere(list)?.top ?? null);

  useEffect(() => {
    if (recallHere(list)) return;
    const stored = recallStored<Item>(list);
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
      const more = await fetchMore<Item>(shown.next);
      const known = new Set(shown.items.map(({ id }) => id));
      const fresh = more.items.filter(({ id }) => !known.has(id));
      const grown = { items: [...shown.items, ...fresh], next: more.next };
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
