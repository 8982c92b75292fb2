'use client';

import { useEffect, useState } from 'react';
import { conversionLimits } from '#lib/conversions/policy.ts';
import type { ImageView } from '#lib/files/image/view.ts';

/** What will be converted, and into what: a preset by name, or a gallery's picture. */
export type Look = { readonly style: string } | { readonly reference: string };
export type Draft = { readonly photos: readonly ImageView[]; readonly look: Look | null };

/** The address that brings a draft back: after a reload, from another page, in another tab. */
function addressOf({ photos, look }: Draft): string {
  const query = new URLSearchParams();
  if (look && 'style' in look) query.set('style', look.style);
  if (look && 'reference' in look) query.set('reference', look.reference);
  for (const { id } of photos) query.append('photo', id);
  const text = query.toString();
  return text ? `?${text}` : window.location.pathname;
}

/**
 * The choices of the studio, written into the address as they are made, so that neither a reload nor a look
 * at the plans loses them. The photos themselves are kept by the server.
 */
export function useDraft(initial: Draft) {
  const [draft, setDraft] = useState(initial);
  const [shown, setShown] = useState(0);

  useEffect(() => {
    const { search, pathname } = window.location;
    const address = addressOf(draft);
    // Without a state of its own the router takes the address over: its next refresh would put back the old one.
    if (address !== (search || pathname)) window.history.replaceState(null, '', address);
  }, [draft]);

  return {
    ...draft,
    /** Which photo stands large. */
    shown: Math.min(shown, Math.max(0, draft.photos.length - 1)),
    show: setShown,
    add: (photo: ImageView) =>
      setDraft((now) => {
        const isThere = now.photos.some(({ id }) => id === photo.id);
        if (isThere || now.photos.length >= conversionLimits.batch) return now;
        setShown(now.photos.length);
        return { ...now, photos: [...now.photos, photo] };
      }),
    remove: (at: number) => {
      setDraft((now) => ({ ...now, photos: now.photos.filter((_, index) => index !== at) }));
      setShown((now) => (now > at ? now - 1 : now));
    },
    choose: (look: Look) => setDraft((now) => ({ ...now, look })),
  };
}
