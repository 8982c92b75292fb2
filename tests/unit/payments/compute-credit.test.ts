import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeCredit } from '#lib/payments/plan/compute-credit.ts';

const rest = { valueRials: 50_000n, daysTotal: 30, daysLeft: 15, quotaLimit: 20, quotaLeft: 20 };

describe('what the rest of a month is worth', () => {
  it('is counted by days or by unused quota, whichever is less', () => {
    expect(computeCredit(rest)).toEqual({
      byDaysRials: 25_000n,
      byQuotaRials: 50_000n,
      creditRials: 25_000n,
    });
    expect(computeCredit({ ...rest, quotaLeft: 4 })).toEqual({
      byDaysRials: 25_000n,
      byQuotaRials: 10_000n,
      creditRials: 10_000n,
    });
  });

  it('is nothing on the last day or when all is used', () => {
    expect(computeCredit({ ...rest, daysLeft: 0 }).creditRials).toBe(0n);
    expect(computeCredit({ ...rest, quotaLeft: 0 }).creditRials).toBe(0n);
  });

  it('is always whole Tomans, never negative and never more than was paid', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 1_000_000_000n }),
        fc.integer({ min: 0, max: 31 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 500 }),
        fc.integer({ min: -100, max: 500 }),
        (valueRials, daysTotal, daysLeft, quotaLimit, quotaLeft) => {
          const { creditRials } = computeCredit({ valueRials, daysTotal, daysLeft, quotaLimit, quotaLeft });
          expect(creditRials % 10n).toBe(0n);
          expect(creditRials >= 0n && creditRials <= valueRials).toBe(true);
        },
      ),
    );
  });
});
