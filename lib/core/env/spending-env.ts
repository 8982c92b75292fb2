import { z } from 'zod';

/** What things cost and how much of it a day may take; a part of `env.ts`. Everything in Rials. */

const rials = z.coerce.number().int().min(1).max(1_000_000_000_000).optional();
const wrong = 'must be a whole number of Rials';

export const spendingVariables = {
  ENGINE_PRICE_RIALS: { schema: rials, wrong, example: '40000' },
  ENGINE_DAILY_LIMIT_RIALS: { schema: rials, wrong, example: '20000000' },
  SMS_PRICE_RIALS: { schema: rials, wrong, example: '2000' },
  SMS_DAILY_LIMIT_RIALS: { schema: rials, wrong, example: '5000000' },
} as const;

type Variables = {
  [Name in keyof typeof spendingVariables]: z.output<(typeof spendingVariables)[Name]['schema']>;
};

export type SpendingPurpose = 'engine' | 'sms';

/** What one call costs, and where a day's spending pauses somebody; null: nowhere. In Rials. */
export type SpendingSettings = {
  readonly priceRials: number;
  /** At this sum work of accounts that do not pay is paused. */
  readonly limitRials: number | null;
  /** At this sum, a fifth above, work of paying accounts is paused too. */
  readonly paidLimitRials: number | null;
};

/** Null for what costs nothing here: the local engine, messages that are only kept. */
export type Spending = Readonly<Record<SpendingPurpose, SpendingSettings | null>>;

const settings = (price = 0, limit?: number): SpendingSettings => ({
  priceRials: price,
  limitRials: limit ?? null,
  paidLimitRials: limit === undefined ? null : Math.floor(limit * 1.2),
});

/** What a day may cost: with several engines all together, paused where not even the cheapest fits any more. */
export function spendingSettings(
  read: Variables,
  engines: readonly { readonly priceRials: number }[],
  isSmsCharged: boolean,
): Spending {
  const cheapest = Math.min(...engines.map(({ priceRials }) => priceRials));
  return {
    engine: engines.length > 0 ? settings(cheapest, read.ENGINE_DAILY_LIMIT_RIALS) : null,
    sms: isSmsCharged ? settings(read.SMS_PRICE_RIALS, read.SMS_DAILY_LIMIT_RIALS) : null,
  };
}
