import type { ImageView } from '#lib/files/image/view.ts';
import { hashLinkToken, linkTokenOf } from '../link-token.ts';
import type { AlbumLinkRow, LinkedImageRow, LiveAlbumLink } from './store.ts';

/** A link as the owner of its album sees it. Moments are ISO 8601 in UTC; a day is one in Tehran. */
export type AlbumLinkView = {
  readonly id: string;
  readonly name: string | null;
  /** The path of its page; null when it was made under another key and cannot be computed any more. */
  readonly path: string | null;
  readonly state: 'alive' | 'expired' | 'revoked';
  readonly hasPassword: boolean;
  readonly mayDownload: boolean;
  readonly hasPicks: boolean;
  readonly hasMark: boolean;
  readonly givesSent: boolean;
  readonly closingWords: string | null;
  /** When a selection was sent, and how many pictures are chosen now. */
  readonly pickedAt: string | null;
  readonly picks: number;
  readonly expiresAt: string | null;
  readonly createdAt: string;
  readonly views: number;
  readonly downloads: number;
  readonly lastAt: string | null;
  readonly days: readonly { readonly day: string; readonly views: number; readonly downloads: number }[];
};

export function toAlbumLinkView(row: AlbumLinkRow): AlbumLinkView {
  const token = linkTokenOf('album', row.id);
  const {
    id,
    name,
    hasPassword,
    mayDownload,
    hasPicks,
    hasMark,
    givesSent,
    closingWords,
    picks,
    views,
    downloads,
    days,
  } = row;
  return {
    id,
    name,
    path: hashLinkToken(token) === row.tokenHash ? `/a/${token}` : null,
    state: row.revokedAt ? 'revoked' : row.isExpired ? 'expired' : 'alive',
    hasPassword,
    mayDownload,
    hasPicks,
    hasMark,
    givesSent,
    closingWords,
    picks,
    pickedAt: row.pickedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    views,
    downloads,
    lastAt: row.lastAt?.toISOString() ?? null,
    days,
  };
}

/** An image behind a link: its addresses are bound to the link and die with it. */
export type LinkedImage = ImageView & {
  readonly title: string | null;
  readonly altText: string | null;
  /** Where it can be saved; null where it may not. */
  readonly downloadUrl: string | null;
  /** How large the file as it was sent is, in bytes, where that is what is saved. */
  readonly sentBytes: number | null;
};

/** An image as its link shows it: whole where it may be taken along, else in the largest size of pages. */
export function toLinkedImage(
  token: string,
  row: LinkedImageRow,
  { mayDownload, hasMark, givesSent }: Pick<LiveAlbumLink, 'mayDownload' | 'hasMark' | 'givesSent'>,
): LinkedImage {
  const path = `/api/albums/${token}/${row.id}`;
  const sent = givesSent ? row.sent : null;
  return {
    id: row.id,
    title: row.title,
    altText: row.altText,
    url: `${path}/${mayDownload ? 'original' : 'w1280'}`,
    thumbUrl: `${path}/w320`,
    width: row.width ?? 1,
    height: row.height ?? 1,
    thumbhash: row.thumbhash ?? '',
    // The shop's name is laid over the other sizes alone.
    hasAvif: row.hasAvif && !hasMark,
    downloadUrl: mayDownload ? `${path}/${sent ? 'sent' : 'original'}?download=1` : null,
    sentBytes: sent?.bytes ?? null,
  };
}
