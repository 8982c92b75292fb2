'use client';

import type { AlbumBrief } from '#lib/gallery/public/view.ts';
import { AlbumCard } from './album-card.tsx';
import { type Growing, GrowingList } from './growing-list.tsx';

type Props = Growing<AlbumBrief> & {
  /** Says whose they are, where albums of several vendors stand together. */
  withVendor?: boolean;
  /** Whether the first cover is on the screen from the beginning. */
  first?: boolean;
};

/** Albums by their covers that go on below themselves. */
export function GrowingAlbums({ withVendor = false, first = false, ...list }: Props) {
  return (
    <GrowingList {...list} kind="album">
      {(albums) => (
        <ul className="grid grid-cols-1 gap-x-4 gap-y-7 min-[30rem]:grid-cols-2 md:grid-cols-3 lg:gap-x-6">
          {albums.map((album, index) => (
            <li key={album.id} className="min-w-0">
              <AlbumCard album={album} withVendor={withVendor} first={first && index === 0} />
            </li>
          ))}
        </ul>
      )}
    </GrowingList>
  );
}
