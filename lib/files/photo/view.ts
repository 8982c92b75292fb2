import type { ImageRow } from '../image/store.ts';
import { type ImageView, toImageView } from '../image/view.ts';
import type { PhotoLife } from '../policy.ts';

/** A photo in its owner's list. Moments are ISO 8601 in UTC. */
export type OwnPhoto = ImageView & {
  readonly fileName: string;
  readonly isPublic: boolean;
  readonly life: PhotoLife;
  readonly expiresAt: string | null;
  readonly createdAt: string;
};

export function toOwnPhoto(
  row: ImageRow & {
    fileName: string;
    isPublic: boolean;
    life: PhotoLife;
    expiresAt: Date | null;
    createdAt: Date;
  },
): OwnPhoto {
  const { fileName, isPublic, life } = row;
  const expiresAt = row.expiresAt?.toISOString() ?? null;
  return { ...toImageView(row), fileName, isPublic, life, expiresAt, createdAt: row.createdAt.toISOString() };
}
