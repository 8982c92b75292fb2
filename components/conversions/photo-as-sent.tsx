'use client';

import { useState } from 'react';
import { Picture, type Shown } from '#components/files/picture.tsx';
import { photoHere } from './made-here.ts';
import { resultSizes } from './result-sizes.ts';

type Props = {
  conversionId: string;
  /** The photo as the server keeps it: not its element, which would be fetched before anybody knows. */
  photo: Shown;
  alt: string;
  className: string;
};

/** The photo that a result was made of: this device's own copy where the result was waited for, else the server's. */
export function PhotoAsSent({ conversionId, photo, alt, className }: Props) {
  // It stays what it was when the page is shown anew.
  const [address] = useState(() => photoHere(conversionId));
  return address ? (
    // biome-ignore lint/performance/noImgElement: it is on this device; there is nothing to optimise
    <img src={address} alt={alt} draggable={false} className={className} />
  ) : (
    <Picture image={photo} alt={alt} sizes={resultSizes} early placeholder="blur" className={className} />
  );
}
