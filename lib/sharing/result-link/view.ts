import type { ImageView } from '#lib/files/image/view.ts';
import type { LookCredit } from '#lib/gallery/look/kinds.ts';
import type { LookName } from '#lib/styles/catalogue.ts';
import { hashLinkToken, linkTokenOf } from '../link-token.ts';
import type { ResultLinkRow } from './store.ts';

/** A link as the owner of its result sees it. Dates are ISO 8601 in UTC. */
export type ResultLinkView = {
  readonly id: string;
  /** The path of its page; null when it was made under another key and cannot be computed any more. */
  readonly path: string | null;
  readonly state: 'alive' | 'expired' | 'revoked';
  readonly hasPassword: boolean;
  readonly expiresAt: string | null;
  readonly viewCount: number;
  readonly lastViewedAt: string | null;
  readonly createdAt: string;
};

export function toResultLinkView(row: ResultLinkRow): ResultLinkView {
  const token = linkTokenOf('conversion', row.id);
  return {
    id: row.id,
    path: hashLinkToken(token) === row.tokenHash ? `/s/${token}` : null,
    state: row.revokedAt ? 'revoked' : row.isExpired ? 'expired' : 'alive',
    hasPassword: row.hasPassword,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    viewCount: row.viewCount,
    lastViewedAt: row.lastViewedAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

/** What a visitor sees of a shared result: the picture and its name, nothing of its owner or the photo. */
export type SharedResult = {
  readonly style: LookName;
  /** Whose look it was made in; null for a preset. */
  readonly credit: LookCredit | null;
  readonly title: string | null;
  /** Its addresses are bound to the link and die with it. */
  readonly image: ImageView;
};

/** The picture of a shared result, under addresses that only this link opens. */
export function toSharedImage(token: string, image: ImageView): ImageView {
  const path = `/api/shares/${token}`;
  return { ...image, id: token, url: `${path}/original`, thumbUrl: `${path}/w320` };
}
