import type { PlanRow } from './store.ts';

/** A plan as everybody may see it. */
export type PlanView = {
  readonly name: string;
  readonly audience: 'user' | 'vendor';
  /** A pack is bought once, and what it gives does not lapse. */
  readonly isPack: boolean;
  /** Rials, for a month or once; zero is free. */
  readonly priceRials: bigint;
  readonly conversions: number;
  readonly images: number;
  readonly texts: PlanRow['texts'];
};

export function toPlanView(row: PlanRow): PlanView {
  const { name, audience, term, priceRials, conversionsLimit, imagesLimit, texts } = row;
  return {
    name,
    audience,
    isPack: term === 'once',
    priceRials,
    conversions: conversionsLimit,
    images: imagesLimit,
    texts,
  };
}
