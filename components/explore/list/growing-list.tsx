'use client';

import { ArrowDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import type { Listed } from './grown-lists.ts';
import { useGrowingList } from './use-growing-list.ts';

/** What a page that has such a list is asked for. */
export type Growing<Item> = {
  /** The address of the page without what is opened on it, and which of the page's lists it is. */
  list: string;
  items: readonly Item[];
  /** The page on which the list goes on; null at its end. */
  next: string | null;
};

type Props<Item> = Growing<Item> & {
  /** What the list is of. Each item's link has the id `KIND-ID`. */
  kind: 'image' | 'album' | 'vendor';
  children: (items: readonly Item[]) => ReactNode;
};

/**
 * A list that goes on below itself. Without JavaScript, or in a new tab, "more" leads to the following page. Give it
 * `list` as its key: another list is another one. Needs `gallery`.
 */
export function GrowingList<Item extends Listed>({ list, items, next, kind, children }: Props<Item>) {
  const t = useTranslations('gallery.grow');
  const growing = useGrowingList(list, items, next);

  /** The keyboard's focus goes on with the first new one, not behind the last. */
  const focusAt = useRef<number | null>(null);
  useEffect(() => {
    const item = focusAt.current === null ? undefined : growing.items[focusAt.current];
    if (!item) return;
    focusAt.current = null;
    document.getElementById(`${kind}-${item.id}`)?.focus();
  }, [growing.items, kind]);

  const press = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    focusAt.current = event.detail === 0 ? growing.items.length : null;
    void growing.grow();
  };

  return (
    <div className="grid min-w-0 grid-cols-1">
      {children(growing.items)}
      {growing.next ? (
        <div className="grid justify-items-center gap-3 py-8">
          {growing.state === 'failed' ? (
            <p role="alert" className="text-sm text-danger">
              {t(`${kind}.failed`)}
            </p>
          ) : null}
          <ButtonLink
            variant="secondary"
            href={growing.next}
            rel="next"
            onClick={press}
            aria-disabled={growing.state === 'busy'}
          >
            {t(`${kind}.more`)}
            {growing.state === 'busy' ? <Spinner /> : <ArrowDown aria-hidden="true" />}
          </ButtonLink>
        </div>
      ) : null}
      <p role="status" className="sr-only">
        {growing.added === null ? '' : t(`${kind}.came`, { count: growing.added })}
      </p>
    </div>
  );
}
