/** By which way of the shop's profile the button of an offer reaches it. */
export const contactWays = ['whatsapp', 'telegram', 'bale', 'instagram', 'phone'] as const;
export type ContactWay = (typeof contactWays)[number];

/** What a shop offers with a picture, as its owner wrote it. */
export type OwnOffer = {
  /** In rials; null: one has to ask. */
  readonly priceRials: number | null;
  /** Sizes, colours: whatever there is of it. */
  readonly variants: readonly string[];
  readonly inStock: boolean;
  /** Where it is bought, and where an appointment is made: https, and no address that hides where it leads. */
  readonly link: string | null;
  readonly booking: string | null;
  readonly contact: ContactWay | null;
};
