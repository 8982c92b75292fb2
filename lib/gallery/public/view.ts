import { type ImageView, toImageView } from '#lib/files/image/view.ts';
import type { LookKind } from '#lib/gallery/look/kinds.ts';
import { type OfferView, toOfferView } from '#lib/gallery/offer/view.ts';
import type { GalleryImageRow, PublicAlbumRow } from './store.ts';

/** A vendor beside something of theirs. */
export type VendorBrief = { readonly handle: string; readonly name: string; readonly isVerified: boolean };

/** A vendor's image as every visitor may see it. */
export type GalleryImage = ImageView & {
  readonly title: string | null;
  /** What it shows, for people who cannot see it, in its vendor's words. */
  readonly altText: string | null;
  readonly tags: readonly string[];
  /** What trying it on does. */
  readonly lookKind: LookKind;
  /** What its shop offers with it. */
  readonly offer: OfferView | null;
  readonly vendor: VendorBrief;
};

/** An album as every visitor may see it. */
export type AlbumBrief = {
  readonly id: string;
  readonly name: string;
  readonly cover: ImageView | null;
  readonly vendor: VendorBrief;
};

const toVendorBrief = (row: { handle: string; businessName: string; isVerified: boolean }): VendorBrief => ({
  handle: row.handle,
  name: row.businessName,
  isVerified: row.isVerified,
});

export function toGalleryImage(row: GalleryImageRow): GalleryImage {
  return {
    ...toImageView(row),
    title: row.title,
    altText: row.altText,
    tags: row.tags,
    lookKind: row.lookKind,
    offer: toOfferView(row.offer),
    vendor: toVendorBrief(row),
  };
}

export function toAlbumBrief(row: PublicAlbumRow): AlbumBrief {
  return {
    id: row.id,
    name: row.name,
    cover: row.cover ? toImageView(row.cover) : null,
    vendor: toVendorBrief(row),
  };
}
