'use client';

import { useEffect, useState, useSyncExternalStore } from 'react';
import { Picture, type Shown } from '#components/files/picture.tsx';
import { keptAt } from '#components/studio/draft/draft-flag.ts';
import { dropMade, readMade } from '#components/studio/draft/keep-draft.ts';
import { notePhotoHere } from './made-here.ts';

type Props = {
  id: string;
  /** How far the work is, 0 to 1. */
  share: number;
  /** The photo as the server keeps it, fetched where this device has nothing to show. Not an element of the server's: those are fetched before anybody knows. */
  photo: Shown;
  alts: { preview: string; photo: string };
};

/** Pixels of blur while nothing is done yet. */
const mostBlur = 14;

const never = () => () => undefined;
const full = 'absolute inset-0 size-full object-cover';

/**
 * What the studio showed of this picture, sharpening while the real one is made; else the photo. On a slow line what this
 * device has is not fetched: the result would wait behind it.
 */
export function ShownPreview({ id, share, photo, alts }: Props) {
  // A page that comes from the server whole cannot know.
  const mayBeHere = useSyncExternalStore(
    never,
    () => keptAt() !== null,
    () => false,
  );
  const [here, setHere] = useState<{ shown: string | null; photo: string | null } | null>(null);
  const [isRead, setRead] = useState(false);
  useEffect(() => {
    let url: string | null = null;
    let isGone = false;
    void readMade(id).then((made) => {
      if (isGone) return;
      url = made?.shown ? URL.createObjectURL(made.shown) : null;
      if (made) setHere({ shown: url, photo: made.photo && notePhotoHere(id, made.photo) });
      setRead(true);
    });
    return () => {
      isGone = true;
      if (url) URL.revokeObjectURL(url);
    };
  }, [id]);
  useEffect(() => {
    if (share >= 1) void dropMade(id);
  }, [share, id]);
  const address = here?.shown ?? here?.photo;
  if (!address) {
    if (mayBeHere && !isRead) return null;
    return (
      <Picture
        image={photo}
        alt={alts.photo}
        sizes="(min-width: 48rem) 680px, 100vw"
        first
        placeholder="blur"
        className="size-full object-cover"
      />
    );
  }
  return (
    // biome-ignore lint/performance/noImgElement: made on this device; there is nothing to optimise
    <img
      src={address}
      alt={here?.shown ? alts.preview : alts.photo}
      data-shown
      style={here?.shown ? { filter: `blur(${Math.round((1 - share) * mostBlur)}px)` } : undefined}
      className={`${full} animate-fade transition-[filter] duration-reveal`}
    />
  );
}
