'use client';

import type { ShownImage } from '../lightbox/shown-image.ts';
import { type Growing, GrowingList } from './growing-list.tsx';
import { ImageGrid } from './image-grid.tsx';

/** Images in even rows that go on below themselves. */
export function GrowingGrid({
  label,
  from,
  first,
  ...list
}: Growing<ShownImage> & { label: string; from?: string; first?: number }) {
  return (
    <GrowingList {...list} kind="image">
      {(images) => (
        <ImageGrid images={images} label={label} from={from} {...(first === undefined ? {} : { first })} />
      )}
    </GrowingList>
  );
}
