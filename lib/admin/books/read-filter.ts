import { latestMonths, parseMonth } from '#lib/core/dates.ts';
import { gatewayNames } from '#lib/core/env/payment-env.ts';
import { type BookFilter, bookStates } from './store.ts';

/** Gateways that payments have gone through; `code` is none: a code paid for all of it. */
export const gateways = [...gatewayNames, 'code'] as const;

/** The filter that an address carries; what is none is left out, and without a month it is the present one. */
export function readBookFilter(query: Readonly<Record<string, string | undefined>>): BookFilter {
  const [present] = latestMonths(new Date(), 1);
  const month = parseMonth(query.month) ?? present;
  if (!month) throw new Error('no present month');
  return {
    month,
    state: bookStates.find((state) => state === query.state) ?? 'all',
    gateway: gateways.find((gateway) => gateway === query.gateway) ?? null,
    plan: /^[a-z][a-z0-9_]{1,39}$/.test(query.plan ?? '') ? (query.plan ?? null) : null,
  };
}
