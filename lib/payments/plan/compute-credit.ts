import type { Rial } from '#lib/core/money.ts';

export type UnusedPart = {
  /** What the running month was worth when it was bought: what was paid and kept, and what was credited. */
  readonly valueRials: Rial;
  readonly daysTotal: number;
  /** Whole days that are left. */
  readonly daysLeft: number;
  readonly quotaLimit: number;
  readonly quotaLeft: number;
};

export type Credit = { readonly byDaysRials: Rial; readonly byQuotaRials: Rial; readonly creditRials: Rial };

/** A share of an amount, rounded down to a whole Toman. */
function share(amount: Rial, part: number, whole: number): Rial {
  if (whole <= 0 || part <= 0) return 0n;
  const exact = (amount * BigInt(Math.min(part, whole))) / BigInt(whole);
  return exact - (exact % 10n);
}

/** What the rest of a month is worth: by its days or by its unused quota, whichever is less. */
export function computeCredit(rest: UnusedPart): Credit {
  const byDaysRials = share(rest.valueRials, rest.daysLeft, rest.daysTotal);
  const byQuotaRials = share(rest.valueRials, rest.quotaLeft, rest.quotaLimit);
  return {
    byDaysRials,
    byQuotaRials,
    creditRials: byDaysRials < byQuotaRials ? byDaysRials : byQuotaRials,
  };
}
