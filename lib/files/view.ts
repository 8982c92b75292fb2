import type { VariantName } from './policy.ts';

/** A picture as a page may have it. Addresses are relative and open to whoever may see the picture. */
export type ImageView = {
  readonly id: string;
  /** The largest kept size, JPEG. */
  readonly url: string;
  /** 320 pixels wide, WebP. */
  readonly thumbUrl: string;
  readonly width: number;
  readonly height: number;
  /** Base64 ThumbHash to show until the picture arrives. */
  readonly thumbhash: string;
};

export function fileUrl(fileId: string, variant: VariantName): string {
  return `/api/files/${fileId}/${variant}`;
}

export function toImageView(row: {
  id: string;
  originalUrl: string;
  thumbnailUrl: string | null;
  width: number | null;
  height: number | null;
  thumbhash: string | null;
}): ImageView {
  return {
    id: row.id,
    url: row.originalUrl,
    thumbUrl: row.thumbnailUrl ?? row.originalUrl,
    width: row.width ?? 1,
    height: row.height ?? 1,
    thumbhash: row.thumbhash ?? '',
  };
}

/** The same picture in another of its kept sizes. */
export function variantUrl(image: Pick<ImageView, 'url'>, variant: VariantName): string {
  return image.url.replace(/\/original$/, `/${variant}`);
}

/** `srcset` over the kept sizes, for a picture of this width. */
export function srcSetOf(image: Pick<ImageView, 'url' | 'width'>): string {
  return ([320, 640, 1280] as const)
    .map((width) => `${variantUrl(image, `w${width}`)} ${Math.min(width, image.width)}w`)
    .filter(
      (entry, index, all) => all.findIndex((other) => other.split(' ')[1] === entry.split(' ')[1]) === index,
    )
    .join(', ');
}
