'use client';

import { useTranslations } from 'next-intl';
import { useEffect, useRef, useState } from 'react';
import { Alert } from '#components/ui/alert.tsx';
import { Button } from '#components/ui/button.tsx';
import type { ConversionPage } from '#lib/conversions/history/list-conversions.ts';
import { type ConversionView, isFinal } from '#lib/conversions/view.ts';
import { HistoryItem } from './history-item.tsx';
import { keepHistory, markOf, recallHistory } from './history-memory.ts';

const lookEveryMs = 2500;

type Props = {
  /** The address's own part: `show=failed`, `style=noir`, or nothing. */
  list: string;
  first: readonly ConversionView[];
  next: string | null;
};

/**
 * The conversions, and more of them below on request: nothing above moves, focus stays on the button, and
 * a reader who comes back finds what was loaded. Needs `conversions`, `styles` and `history`.
 */
export function HistoryList({ list, first, next }: Props) {
  const t = useTranslations('history');
  const mark = markOf(first);
  const known = recallHistory(list, mark);
  const [items, setItems] = useState<readonly ConversionView[]>(known?.items ?? first);
  const [cursor, setCursor] = useState(known ? known.next : next);
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle');
  const [added, setAdded] = useState(0);
  const rows = useRef<HTMLUListElement>(null);

  // While something is on its way the list looks again; what has come since stands above.
  const isMoving = items.some((one) => !isFinal(one));
  useEffect(() => {
    if (!isMoving) return;
    const stop = new AbortController();
    const look = async () => {
      if (document.visibilityState !== 'visible') return;
      const page = await fetch(`/api/conversions?${list}`, { cache: 'no-store', signal: stop.signal })
        .then((answer) => (answer.ok ? (answer.json() as Promise<ConversionPage>) : null))
        .catch(() => null);
      if (!page || stop.signal.aborted) return;
      const newest = new Map(page.items.map((one) => [one.id, one]));
      setItems((now) => {
        const known = new Set(now.map(({ id }) => id));
        const arrived = page.items.filter(({ id }) => !known.has(id));
        return [...arrived, ...now.map((one) => newest.get(one.id) ?? one)];
      });
    };
    const timer = setInterval(() => void look(), lookEveryMs);
    return () => {
      stop.abort();
      clearInterval(timer);
    };
  }, [isMoving, list]);

  useEffect(() => keepHistory(list, { first: mark, items, next: cursor }), [list, mark, items, cursor]);

  const more = async () => {
    if (state === 'loading') return;
    setState('loading');
    const query = new URLSearchParams(list);
    query.set('cursor', cursor ?? '');
    const page = await fetch(`/api/conversions?${query}`)
      .then((answer) => (answer.ok ? (answer.json() as Promise<ConversionPage>) : null))
      .catch(() => null);
    if (!page) return setState('failed');
    const shown = new Set(items.map(({ id }) => id));
    const fresh = page.items.filter(({ id }) => !shown.has(id));
    setItems([...items, ...fresh]);
    setCursor(page.next);
    setAdded(fresh.length);
    setState('idle');
    // The button goes with the last page: focus must not go with it.
    if (!page.next) {
      const at = items.length;
      requestAnimationFrame(() => rows.current?.querySelectorAll<HTMLElement>('li a')[at]?.focus());
    }
  };

  return (
    <div className="grid gap-8">
      <ul
        ref={rows}
        className="flex flex-wrap gap-x-4 gap-y-8 [--row:9rem] md:gap-x-6 md:gap-y-10 md:[--row:13.5rem]"
      >
        {items.map((conversion) => (
          <HistoryItem key={conversion.id} conversion={conversion} />
        ))}
        {/* Takes what is left of the last row, so that its pictures do not grow. */}
        <li aria-hidden="true" className="h-0 grow-[100]" />
      </ul>
      <p role="status" className="sr-only">
        {state === 'loading' ? t('loading') : added > 0 ? t('moreShown', { count: added }) : null}
        {added > 0 && !cursor ? ` ${t('end')}` : null}
      </p>
      {state === 'failed' ? (
        <Alert tone="danger" live>
          {t('moreFailed')}
        </Alert>
      ) : null}
      {cursor ? (
        <div className="flex justify-center">
          <Button variant="secondary" busy={state === 'loading'} onClick={() => void more()}>
            {t('more')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
