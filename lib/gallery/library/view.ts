import { type ImageView, toImageView } from '#lib/files/image/view.ts';
import type { Moderation } from '#lib/files/moderation/store.ts';
import type { LookKind, LookSettings } from '#lib/gallery/look/kinds.ts';
import type { OwnOffer } from '#lib/gallery/offer/kinds.ts';
import type { OwnImageRow } from './store.ts';

/** An image of a gallery as its owner sees it. Moments are ISO 8601 in UTC. */
export type OwnImage = ImageView & {
  readonly fileName: string;
  /** Empty when it has none. */
  readonly title: string;
  /** What it shows, in words; empty when nobody has said it. */
  readonly altText: string;
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
  /** What trying it on does. */
  readonly look: { readonly kind: LookKind; readonly settings: LookSettings };
  readonly offer: OwnOffer | null;
  /** How large its file as it was sent is, in bytes; null where that is not kept. */
  readonly sentBytes: number | null;
};

export function toOwnImage(row: OwnImageRow): OwnImage {
  const { fileName, title, altText, tags, isPublic, moderation, twins } = row;
  return {
    ...toImageView(row),
    fileName,
    title: title ?? '',
    altText: altText ?? '',
    tags,
    isPublic,
    moderation,
    twins,
    isFree: row.quotaPool === 'free',
    createdAt: row.createdAt.toISOString(),
    deletedAt: row.deletedAt?.toISOString() ?? null,
    look: { kind: row.lookKind, settings: row.lookSettings },
    offer: row.offer,
    sentBytes: row.sentBytes,
  };
}

/** What became of an action on several images. */
export type BulkView = {
  readonly done: number;
  readonly refused: readonly { readonly id: string; readonly code: string }[];
};
