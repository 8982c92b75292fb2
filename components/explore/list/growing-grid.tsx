'use client';

import type { ShownImage } from '../lightbox/shown-image.ts';
import { type Growing, GrowingList } from './growing-list.tsx';
import { ImageGrid } from './image-grid.tsx';

/** Images in even rows that go on below themselves. */
export function GrowingGrid({
  label,
  first,
  ...list
}: Growing<ShownImage> & { label: string; first?: number }) {
  return (
    <GrowingList {...list} kind="image">
      {(images) => <ImageGrid images={images} label={label} {...(first === undefined ? {} : { first })} />}
    </GrowingList>
  );
}
