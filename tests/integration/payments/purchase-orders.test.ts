import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AccountActor, accountOf, system } from '#lib/core/actor.ts';
import { askAgain } from '#lib/payments/check/ask-again.ts';
import { reconcilePayments } from '#lib/payments/check/reconcile-payments.ts';
import { findPayment } from '#lib/payments/find-payment.ts';
import { refundPayment } from '#lib/payments/refund/refund-payment.ts';
import { convert, daysGoBy, outcome } from '#tests/sql/rows.ts';
import { must } from '#tests/support/conversions.ts';
import { expectInvariants } from '#tests/support/invariants.ts';
import { agePayment, begin, comeBack, newBuyer, quoteOf, stored, useShop } from '#tests/support/payments.ts';

const shop = useShop();
const runs = process.env.TEST_FULL ? 60 : 12;

type Step =
  | {
      buy: 'basic' | 'advanced';
      ends: 'returns' | 'closes' | 'cancels' | 'fails' | 'leaves' | 'lost' | 'tampers';
    }
  | { days: number }
  | { refund: number }
  | { convert: number }
  | { sweep: true }
  | { price: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 7,
    arbitrary: fc.record({
      buy: fc.constantFrom('basic' as const, 'advanced' as const),
      ends: fc.constantFrom(
        'returns' as const,
        'returns' as const,
        'returns' as const,
        'closes' as const,
        'cancels' as const,
        'fails' as const,
        'leaves' as const,
        'lost' as const,
        'tampers' as const,
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ days: fc.integer({ min: 0, max: 40 }) }) },
  { weight: 1, arbitrary: fc.record({ refund: fc.nat(5) }) },
  { weight: 2, arbitrary: fc.record({ convert: fc.integer({ min: 1, max: 25 }) }) },
  { weight: 2, arbitrary: fc.constant({ sweep: true as const }) },
  { weight: 1, arbitrary: fc.record({ price: fc.integer({ min: 1, max: 20 }).map((n) => n * 10_000) }) },
);

type Made = { id: string; authority: string; mustBePaid: boolean };

/** Buys and leaves the bank in one of the ways people and networks do. */
async function buy(buyer: AccountActor, { buy: plan, ends }: Extract<Step, { buy: string }>): Promise<Made> {
  const quote = await quoteOf(buyer, plan);
  const { paymentId: id, authority } = await begin(shop(), buyer, plan);
  const { server } = shop();
  switch (ends) {
    case 'returns':
      await server.pay(authority);
      await Promise.all([comeBack(shop(), authority), comeBack(shop(), authority)]);
      break;
    case 'closes':
      await server.pay(authority);
      break;
    case 'lost':
      await server.pay(authority);
      await server.fault('verify', { kind: 'commitThenDrop' });
      await comeBack(shop(), authority, 'NOK');
      break;
    case 'cancels':
      await server.pay(authority, 'failed');
      await comeBack(shop(), authority, 'NOK');
      break;
    case 'fails':
      await server.pay(authority, 'failed');
      await comeBack(shop(), authority);
      break;
    case 'tampers':
      await comeBack(shop(), authority);
      break;
    case 'leaves':
      await agePayment(shop(), id, 31);
      break;
  }
  if (ends === 'returns') {
    const view = must(await findPayment(buyer, id));
    // It brought what was promised before paying.
    expect(view).toMatchObject({ state: 'paid', amountRials: quote.payableRials, kind: quote.kind });
    expect(Math.abs((view.startsAt?.getTime() ?? 0) - (quote.month?.startsAt.getTime() ?? 0))).toBeLessThan(
      60_000,
    );
    expect(Math.abs((view.endsAt?.getTime() ?? 0) - (quote.month?.endsAt.getTime() ?? 0))).toBeLessThan(
      60_000,
    );
  }
  const mustBePaid = ends === 'returns' || ends === 'closes' || ends === 'lost';
  return { id, authority, mustBePaid };
}

describe('in any order of buying, giving up, waiting, using, refunding and changing prices', () => {
  const what = 'every payment ends as the gateway has it, and everything that must hold holds';
  test(what, { timeout: runs * 4_000 }, async () => {
    const prices = (basic: number) =>
      shop().database.query("UPDATE payment_plans SET price_per_month_cents = $1 WHERE name = 'basic'", [
        basic,
      ]);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 9, size: 'max' }), async (steps) => {
        const buyer = await newBuyer();
        const { accountId } = accountOf(buyer);
        const made = new Map<string, Made>();
        try {
          for (const next of steps) {
            if ('buy' in next) {
              const one = await buy(buyer, next);
              const known = made.get(one.id);
              made.set(one.id, { ...one, mustBePaid: one.mustBePaid || (known?.mustBePaid ?? false) });
            } else if ('days' in next) await shop().database.query(daysGoBy(next.days, accountId));
            else if ('price' in next) await prices(next.price);
            else if ('sweep' in next) await reconcilePayments(shop().gateways);
            else if ('convert' in next) {
              for (let n = 0; n < next.convert; n += 1) await outcome(convert(shop().database, accountId));
            } else {
              const id = [...made.keys()][next.refund];
              if (id) await refundPayment(system, { paymentId: id, reason: 'x' }, shop().gateways);
            }
          }
          await reconcilePayments(shop().gateways);
          for (const { id, authority, mustBePaid } of made.values()) {
            await askAgain(buyer, id, shop().gateways);
            const { status, periods } = await stored(shop(), id);
            const isPaid = status === 'completed';
            expect(isPaid, `${id} is ${status}`).toBe(mustBePaid);
            expect(periods).toBe(isPaid ? 1 : 0);
            expect(['VERIFIED', 'REVERSED'].includes(await shop().server.statusOf(authority))).toBe(isPaid);
          }
          await expectInvariants(shop().database);
        } finally {
          await prices(50_000);
        }
      }),
      { numRuns: runs },
    );
  });
});
