'use client';

import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { callAction } from '#components/ui/action/call-action.ts';
import { useSafeRefresh } from '#components/ui/action/use-safe-refresh.ts';
import { toast } from '#components/ui/overlay/toast-store.ts';
import { orderImages } from '#lib/gallery/album/actions.ts';
import type { AlbumView } from '#lib/gallery/album/view.ts';
import type { OwnImage } from '#lib/gallery/library/view.ts';
import { moveBefore } from './arrange.ts';

/**
 * The order of an album on the screen: changed at once, sent one move after the other. When somebody else has
 * changed it meanwhile, or a move is refused, the page is shown anew.
 */
export function useImageOrder(
  { id, version }: Pick<AlbumView, 'id' | 'version'>,
  images: readonly OwnImage[],
) {
  const refresh = useSafeRefresh();
  const errors = useTranslations('errors');
  const t = useTranslations('albums.order');
  const [seen, setSeen] = useState(images);
  const [order, setOrder] = useState(images.map((image) => image.id));
  const known = useRef(version);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const waiting = useRef(0);
  if (seen !== images) {
    setSeen(images);
    setOrder(images.map((image) => image.id));
  }

  async function send(imageIds: readonly string[], before: string | null) {
    if (waiting.current === 0) known.current = Math.max(known.current, version);
    waiting.current += 1;
    const moved = await callAction(orderImages, { id, imageIds, before, version: known.current });
    waiting.current -= 1;
    if (moved.ok) known.current = moved.value.version;
    else toast('danger', errors(moved.code));
    if (moved.ok && moved.value.isStale) toast('information', t('stale'));
    if (!moved.ok || moved.value.isStale) refresh();
  }

  /** Puts images before another of the page; `beforeAfterPage` is what follows the page's last one. */
  function move(imageIds: readonly string[], before: string | null, beforeAfterPage: string | null) {
    setOrder((now) => moveBefore(now, imageIds, before));
    line.current = line.current.then(() => send(imageIds, before ?? beforeAfterPage));
  }

  return { order, move };
}
