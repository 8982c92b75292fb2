import type { ImageView } from '#lib/files/image/view.ts';
import type { LookKind } from '#lib/gallery/look/kinds.ts';
import { type ContactWay, contactWays } from '#lib/gallery/offer/kinds.ts';
import { readVendorProfile } from '#lib/gallery/vendor/profile.ts';
import type { OwnLeadRow, ReceivedRow } from './store.ts';

/** What its owner sent of a result, and what came back. Moments are ISO 8601 in UTC. */
export type OwnLead = {
  readonly words: string | null;
  readonly withPhone: boolean;
  readonly sentAt: string;
  readonly answer: { readonly text: string; readonly at: string } | null;
  /** The shop's own ways, as its profile says them now; an https address, of a phone a number. */
  readonly contacts: readonly { readonly kind: ContactWay; readonly to: string }[];
};

export function toOwnLead(row: OwnLeadRow): OwnLead {
  const { words, withPhone, sentAt, answer, answeredAt } = row;
  const profile = row.shop === null ? null : readVendorProfile(row);
  const reach = (kind: ContactWay) =>
    kind === 'phone' ? profile?.phone : profile?.links.find((link) => link.kind === kind)?.url;
  return {
    words,
    withPhone,
    sentAt: sentAt.toISOString(),
    answer: answer && answeredAt ? { text: answer, at: answeredAt.toISOString() } : null,
    contacts: contactWays.flatMap((kind) => {
      const to = reach(kind);
      return to ? [{ kind, to }] : [];
    }),
  };
}

/** A result that was sent to a shop, as the shop sees it. Moments are ISO 8601 in UTC. */
export type ReceivedLead = {
  readonly id: string;
  /** Its addresses are bound to the lead and die with it. */
  readonly image: ImageView;
  readonly kind: LookKind;
  /** Of the shop's picture it was made in. */
  readonly title: string | null;
  readonly words: string | null;
  /** E.164; only when the person gave it. */
  readonly phone: string | null;
  readonly sentAt: string;
  readonly answer: { readonly text: string; readonly at: string } | null;
  readonly isAway: boolean;
};

export function toReceivedLead(row: ReceivedRow): ReceivedLead {
  const { id, kind, title, words, phone, sentAt, answer, answeredAt, isAway } = row;
  const path = `/api/received/${id}`;
  return {
    id,
    image: {
      id,
      url: `${path}/w1280`,
      thumbUrl: `${path}/w320`,
      width: row.width ?? 1,
      height: row.height ?? 1,
      thumbhash: row.thumbhash ?? '',
      hasAvif: row.hasAvif,
    },
    kind,
    title,
    words,
    phone,
    sentAt: sentAt.toISOString(),
    answer: answer && answeredAt ? { text: answer, at: answeredAt.toISOString() } : null,
    isAway,
  };
}
