import { type ImageView, toImageView } from '#lib/files/image/view.ts';
import type { Moderation } from '#lib/files/moderation/judge-scores.ts';

/** A picture of a gallery as its owner sees it. Moments are ISO 8601 in UTC. */
export type GalleryImage = ImageView & {
  readonly fileName: string;
  /** Empty when it has none. */
  readonly title: string;
  readonly tags: readonly string[];
  readonly isPublic: boolean;
  readonly moderation: Moderation;
  /** How many others of the gallery have exactly its content. */
  readonly twins: number;
  /** Whether its free slot comes back when it is purged. */
  readonly isFree: boolean;
  readonly createdAt: string;
  /** Since when it lies in the trash. */
  readonly deletedAt: string | null;
};

export type GalleryImageRow = Parameters<typeof toImageView>[0] & {
  fileName: string;
  title: string | null;
  tags: string[];
  isPublic: boolean;
  moderation: Moderation;
  twins: number;
  quotaPool: string | null;
  createdAt: Date;
  deletedAt: Date | null;
};

export function toGalleryImage(row: GalleryImageRow): GalleryImage {
  const { fileName, title, tags, isPublic, moderation, twins } = row;
  return {
    ...toImageView(row),
    fileName,
    title: title ?? '',
    tags,
    isPublic,
    moderation,
    twins,
    isFree: row.quotaPool === 'free',
    createdAt: row.createdAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

/** What a gallery holds and what its owner may want to do next. */
export type GalleryFigures = {
  readonly images: number;
  readonly hidden: number;
  /** In no album. */
  readonly loose: number;
  /** That have the content of another one. */
  readonly twins: number;
  readonly waiting: number;
  readonly refused: number;
  readonly trash: number;
  /** How many free slots come back when the trash is emptied. */
  readonly trashFree: number;
  /** Pictures that stand on a free slot, outside the trash. */
  readonly free: number;
};

/** What became of an act on several pictures. */
export type BulkView = {
  readonly done: number;
  readonly refused: readonly { readonly id: string; readonly code: string }[];
};
