import { type ImageView, toImageView } from '#lib/files/view.ts';
import type { ImageOrder } from './policy.ts';

/** An album in its owner's list. Moments are ISO 8601 in UTC. */
export type AlbumView = {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isPublic: boolean;
  readonly isStyleKit: boolean;
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

type ImageColumns = Parameters<typeof toImageView>[0];

export type AlbumRow = {
  id: string;
  name: string;
  description: string | null;
  isPublic: boolean;
  isStyleKit: boolean;
  imageOrder: ImageOrder;
  version: number;
  imageCount: number;
  hiddenCount: number;
  coverImageId: string | null;
  createdAt: Date;
  cover: ImageColumns | null;
};

export function toAlbumView({ cover, description, createdAt, ...row }: AlbumRow): AlbumView {
  return {
    ...row,
    description: description ?? '',
    createdAt: createdAt.toISOString(),
    cover: cover && toImageView(cover),
  };
}
