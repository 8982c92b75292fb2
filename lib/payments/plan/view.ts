import type { PlanRow } from './store.ts';

/** A plan as everybody may see it. */
export type PlanView = {
  name: string;
  audience: 'user' | 'vendor';
  /** Rials a month; zero is free. */
  priceRials: bigint;
  conversionsPerMonth: number;
  imagesPerMonth: number;
};

export function toPlanView(row: PlanRow): PlanView {
  return {
    name: row.name,
    audience: row.audience === 'vendor' ? 'vendor' : 'user',
    priceRials: row.pricePerMonthCents,
    conversionsPerMonth: row.monthlyConversionsLimit,
    imagesPerMonth: row.monthlyImagesLimit,
  };
}
