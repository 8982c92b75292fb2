import { type ImageView, toImageView } from '#lib/files/image/view.ts';
import type { LookOrder } from '#lib/gallery/look/kinds.ts';
import type { KitRow, ReferenceRow } from './store.ts';

/** A picture of a gallery that a photo can take its palette and texture from. */
export type ReferenceView = {
  readonly image: ImageView;
  readonly title: string | null;
  readonly handle: string;
  readonly businessName: string;
  /** What trying it on does, and with what of the picture. */
  readonly look: LookOrder;
};

/** An album that its vendor offers as a set of looks. */
export type StyleKit = {
  readonly albumId: string;
  readonly name: string;
  readonly handle: string;
  readonly businessName: string;
  readonly images: readonly ReferenceView[];
};

export function toReferenceView(row: ReferenceRow): ReferenceView {
  const { title, handle, businessName, lookKind: kind, lookSettings } = row;
  return { image: toImageView(row), title, handle, businessName, look: { kind, ...lookSettings } };
}

export function toStyleKit(kit: KitRow, images: readonly ReferenceRow[]): StyleKit {
  const { id, name, handle, businessName } = kit;
  return { albumId: id, name, handle, businessName, images: images.map(toReferenceView) };
}
