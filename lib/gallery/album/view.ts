import { type ImageView, toImageView } from '#lib/files/image/view.ts';
import type { ImageOrder } from '../policy.ts';
import type { AlbumRow } from './store.ts';

/** An album in its owner's list. Moments are ISO 8601 in UTC. */
export type AlbumView = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isPublic: boolean;
  readonly isStyleKit: boolean;
  /** Files that are sent to it are kept as they come, too. */
  readonly keepsSent: boolean;
  readonly imageOrder: ImageOrder;
  /** Grows with every change of the order of its images. */
  readonly version: number;
  readonly imageCount: number;
  /** Of these, how many visitors do not see. */
  readonly hiddenCount: number;
  /** The one that was chosen; the cover shown may be the first image instead. */
  readonly coverImageId: string | null;
  readonly cover: ImageView | null;
  readonly createdAt: string;
};

export function toAlbumView(row: AlbumRow): AlbumView {
  const { shownId, originalUrl, thumbnailUrl, width, height, thumbhash, hasAvif, ...album } = row;
  const image = { thumbnailUrl, width, height, thumbhash, hasAvif };
  return {
    ...album,
    description: row.description ?? '',
    createdAt: row.createdAt.toISOString(),
    cover: shownId && originalUrl ? toImageView({ id: shownId, originalUrl, ...image }) : null,
  };
}
