'use client';

import { ArrowDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type MouseEvent, useEffect, useRef } from 'react';
import { ButtonLink } from '#components/ui/button-link.tsx';
import { Spinner } from '#components/ui/spinner.tsx';
import { ImageGrid } from './image-grid.tsx';
import type { ShownImage } from './shown-image.ts';
import { useGrowingList } from './use-growing-list.ts';

type Props = {
  /** The address of the page without what is opened on it. */
  list: string;
  images: readonly ShownImage[];
  /** The page on which the list goes on; null at its end. */
  next: string | null;
  label: string;
  first?: number;
};

/**
 * Images in even rows that go on below themselves. Without JavaScript, or in a new tab, "more" leads to the
 * following page. Give it `list` as its key: another list is another grid.
 */
export function GrowingGrid({ list, images, next, label, first }: Props) {
  const t = useTranslations('gallery');
  const growing = useGrowingList(list, images, next);

  /** Whoever goes by keyboard goes on with the first new image, not behind the last. */
  const focusAt = useRef<number | null>(null);
  useEffect(() => {
    const image = focusAt.current === null ? undefined : growing.images[focusAt.current];
    if (!image) return;
    focusAt.current = null;
    document.getElementById(`image-${image.id}`)?.focus();
  }, [growing.images]);

  const press = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    focusAt.current = event.detail === 0 ? growing.images.length : null;
    void growing.grow();
  };

  return (
    <div className="grid min-w-0 grid-cols-1">
      <ImageGrid images={growing.images} label={label} {...(first === undefined ? {} : { first })} />
      {growing.next ? (
        <div className="grid justify-items-center gap-3 py-8">
          {growing.state === 'failed' ? (
            <p role="alert" className="text-sm text-danger">
              {t('moreFailed')}
            </p>
          ) : null}
          <ButtonLink
            variant="secondary"
            href={growing.next}
            rel="next"
            onClick={press}
            aria-disabled={growing.state === 'busy'}
          >
            {t('more')}
            {growing.state === 'busy' ? <Spinner /> : <ArrowDown aria-hidden="true" />}
          </ButtonLink>
        </div>
      ) : null}
      <p role="status" className="sr-only">
        {growing.added === null ? '' : t('moreCame', { count: growing.added })}
      </p>
    </div>
  );
}
