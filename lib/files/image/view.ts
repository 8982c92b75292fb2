import type { VariantName } from '../policy.ts';
import type { ImageRow } from './store.ts';

/** An image as a page may have it. Addresses are relative; each is open to those who may see the image. */
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
  /** Whether the AVIF sizes are there yet. */
  readonly hasAvif?: boolean;
};

export function fileUrl(fileId: string, variant: VariantName): string {
  return `/api/files/${fileId}/${variant}`;
}

export function toImageView(row: ImageRow): ImageView {
  return {
    id: row.id,
    url: row.originalUrl,
    thumbUrl: row.thumbnailUrl ?? row.originalUrl,
    width: row.width ?? 1,
    height: row.height ?? 1,
    thumbhash: row.thumbhash ?? '',
    hasAvif: row.hasAvif ?? false,
  };
}

/** The same picture in another of its kept sizes. */
export function variantUrl(image: Pick<ImageView, 'url'>, variant: VariantName): string {
  // Where the original may not be had, an address leads to the largest size of pages.
  return image.url.replace(/\/(?:original|w1280)$/, `/${variant}`);
}

/** `srcset` over the kept sizes, for a picture of this width: in WebP, or in AVIF where that is there. */
export function srcSetOf(image: Pick<ImageView, 'url' | 'width'>, kind: 'w' | 'a' = 'w'): string {
  return ([320, 640, 1280] as const)
    .map((width) => ({ variant: `${kind}${width}` as const, width: Math.min(width, image.width) }))
    .filter(({ width }, index, all) => all.findIndex((other) => other.width === width) === index)
    .map(({ variant, width }) => `${variantUrl(image, variant)} ${width}w`)
    .join(', ');
}
