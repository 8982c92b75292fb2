import { z } from 'zod';
import { safeLink } from '../vendor/profile.ts';
import { type ContactWay, contactWays, type OwnOffer } from './kinds.ts';

/** An offer as every visitor may see it; `to` is an https address, of a phone a number. */
export type OfferView = Omit<OwnOffer, 'contact'> & {
  readonly contact: { readonly kind: ContactWay; readonly to: string } | null;
};

const site = z
  .string()
  .nullable()
  .transform((text) => text && safeLink('website', text));

const shape = z.object({
  priceRials: z.number().int().positive().nullable(),
  variants: z.array(z.string()),
  inStock: z.boolean(),
  link: site,
  booking: site,
  contact: z
    .object({ kind: z.enum(contactWays), to: z.string() })
    .nullable()
    .transform((contact) => {
      if (!contact) return null;
      const { kind, to } = contact;
      const checked = kind === 'phone' ? /^\+?\d{4,15}$/.exec(to)?.[0] : safeLink(kind, to);
      return checked ? { kind, to: checked } : null;
    }),
});

/** Reads `shown_offers.offer`; null for no offer. What is stored is checked once more: it becomes an address. */
export function toOfferView(stored: unknown): OfferView | null {
  return stored === null || stored === undefined ? null : shape.parse(stored);
}

/**
 * The address of a contact button, with a few words for those who take them. wa.me and t.me document `text`; a direct
 * message on Instagram is opened by ig.me.
 */
export function contactAddress({ kind, to }: NonNullable<OfferView['contact']>, words: string): string {
  switch (kind) {
    case 'phone':
      return `tel:${to}`;
    case 'instagram':
      return to.replace(/^https:\/\/(?:www\.)?instagram\.com\//, 'https://ig.me/m/');
    case 'whatsapp':
    case 'telegram':
      return `${to}${to.includes('?') ? '&' : '?'}text=${encodeURIComponent(words)}`;
    case 'bale':
      return to;
  }
}
