import type { AccountKind } from '#lib/core/actor.ts';

/** The pages of buying, without the locale. */
export type BillingPaths = Readonly<{
  home: string;
  payment: (id: string) => string;
  review: (plan: string) => string;
  /** Where what was bought is used. */
  use: string;
}>;

const pages = (area: string, use: string): BillingPaths => ({
  home: `${area}/billing`,
  payment: (id) => `${area}/billing/payments/${id}`,
  review: (plan) => `${area}/billing/review/${encodeURIComponent(plan)}`,
  use,
});

export const billingPaths: Readonly<Record<AccountKind, BillingPaths>> = {
  user: pages('', '/studio'),
  vendor: pages('/vendor', '/vendor/images'),
};
