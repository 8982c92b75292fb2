import { recordEvent } from '#lib/audit/record-event.ts';
import type { AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { isNationalCode } from '#lib/payments/invoice/national-code.ts';
import { type Seller, writeTerms } from './store.ts';

/**
 * Says who sells and with what VAT (hundredths of a per cent), from now on or from a day to come. Payments that are
 * begun before, and invoices that were issued, stay as they are. Fails beside its field for a day that has begun and a
 * national code that is none.
 */
export async function setTerms(
  actor: AdminActor,
  { startsAt, vatRate, seller }: { startsAt: Date | null; vatRate: number; seller: Seller },
): Promise<Result<null>> {
  const wrong = (field: string, message: string) =>
    fail('input.invalid', `${field} of terms`, { fields: { [field]: message } });
  if (startsAt && startsAt.getTime() <= Date.now()) return wrong('startsOn', 'admin.plan.dayPast');
  if (seller.nationalCode && !isNationalCode(seller.nationalCode)) {
    return wrong('nationalCode', 'billing.invoice.codeWrong');
  }
  const known = Object.fromEntries(Object.entries(seller).filter(([, value]) => value !== null));
  return transact<null>(async (tx) => {
    await writeTerms(tx, { startsAt, vatRate, seller: known }, actor.userId);
    await recordEvent(tx, actor, 'books.terms', {
      metadata: { from: startsAt?.toISOString() ?? 'now', vatRate, seller: seller.name },
    });
    return succeed(null);
  });
}
