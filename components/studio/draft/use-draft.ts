'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { ImageView } from '#lib/files/image/view.ts';
import type { LookShades } from '#lib/gallery/look/kinds.ts';
import { shadesText } from '#lib/gallery/public/paths.ts';
import { type Draft, type DraftLook, type DraftPhoto, emptyDraft, nameOfLook, withPhotos } from './draft.ts';
import { type DraftNews, draftChannel, pageId } from './draft-flag.ts';
import { letGo, readDraft, writeDraft } from './keep-draft.ts';

/** What the address brings: photos that the server keeps, a look, and shades of it. */
export type Brought = {
  readonly images: readonly ImageView[];
  /** The photo that was used last, which the server keeps: offered where this device has none. */
  readonly last?: ImageView | null;
  readonly look: DraftLook | null;
  /** Of the look's card, where it is a gallery's. */
  readonly shades: LookShades | null;
  /** How much of the look. */
  readonly strength: number | null;
};

/** A photo that the server keeps, as a draft holds it. */
export function keptPhoto(image: ImageView): DraftPhoto {
  return { key: image.id, name: '', image };
}

function shadesOf({ look, shades }: Brought): Draft['shades'] {
  return look && 'reference' in look && shades ? { [look.reference]: shades } : {};
}

function strengthsOf({ look, strength }: Brought): Draft['strengths'] {
  return look && strength && strength < 1 ? { [nameOfLook(look)]: strength } : {};
}

const isBlank = (draft: Draft) => JSON.stringify(draft) === JSON.stringify(emptyDraft);

/** The look stands in the address, so that it can be sent to somebody; photos never do. */
function noteInAddress({ look, shades, strengths }: Draft): void {
  const url = new URL(window.location.href);
  // On the way to another page the address is that page's already.
  if (!url.pathname.endsWith('/studio')) return;
  for (const name of ['style', 'reference', 'shade', 'strength', 'photo', 'again', 'make'])
    url.searchParams.delete(name);
  if (look && 'style' in look) url.searchParams.set('style', look.style);
  if (look && 'reference' in look) {
    url.searchParams.set('reference', look.reference);
    const shade = shadesText(shades[look.reference]);
    if (shade) url.searchParams.set('shade', shade);
  }
  const strength = look && strengths[nameOfLook(look)];
  if (strength) url.searchParams.set('strength', String(Math.round(100 * strength)));
  const address = `${url.pathname}${url.search}`;
  // Without a state of its own the router takes the address over: its next refresh would put back the old one.
  if (address !== window.location.pathname + window.location.search) {
    window.history.replaceState(null, '', address);
  }
}

/**
 * The choices of the studio: what the address brought, and what this device kept of earlier. Every change is kept and
 * told to other tabs, which show the same. `isRead` is false until the device has been asked.
 */
export function useDraft(account: string | null, brought: Brought, hasAddress = true) {
  const [draft, setDraft] = useState<Draft>(() =>
    withPhotos(
      { ...emptyDraft, look: brought.look, shades: shadesOf(brought), strengths: strengthsOf(brought) },
      [
        ...brought.images.map(keptPhoto),
        ...(brought.last ? [{ ...keptPhoto(brought.last), isOffered: true }] : []),
      ],
    ),
  );
  const [isRead, setRead] = useState(false);
  /** What the device is known to keep: nothing is written twice, so that two tabs do not answer each other. */
  const known = useRef('');

  const take = useCallback((kept: Draft) => {
    known.current = JSON.stringify(kept);
    setDraft(kept);
  }, []);

  useEffect(() => {
    let isGone = false;
    void readDraft(account).then((kept) => {
      if (isGone) return;
      known.current = JSON.stringify(kept);
      // What was chosen meanwhile stands before what was kept.
      setDraft((now) =>
        withPhotos(
          {
            ...kept,
            look: now.look ?? kept.look,
            picked: now.picked.length > 0 ? now.picked : kept.picked,
            shades: { ...kept.shades, ...now.shades },
            strengths: { ...kept.strengths, ...now.strengths },
          },
          now.photos,
        ),
      );
      setRead(true);
    });
    return () => {
      isGone = true;
    };
  }, [account]);

  useEffect(() => {
    if (!isRead) return;
    const text = JSON.stringify(draft);
    if (text === known.current || (known.current === '' && isBlank(draft))) return;
    known.current = text;
    void writeDraft(draft, account);
  }, [draft, isRead, account]);

  // At every turn: a refresh of the router may have put the old address back.
  useEffect(() => {
    if (isRead && hasAddress) noteInAddress(draft);
  });

  useEffect(() => {
    if (typeof BroadcastChannel === 'undefined') return;
    const channel = new BroadcastChannel(draftChannel);
    channel.onmessage = ({ data }: MessageEvent<DraftNews>) => {
      if (data.what === 'changed') {
        if (data.from !== pageId) void readDraft(account).then(take);
        return;
      }
      letGo();
      take(emptyDraft);
    };
    return () => channel.close();
  }, [account, take]);

  return { draft, isRead, change: setDraft };
}
