'use client';

import { type Growing, GrowingList } from './growing-list.tsx';
import { ImageGrid } from './image-grid.tsx';
import type { ShownImage } from './shown-image.ts';

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
