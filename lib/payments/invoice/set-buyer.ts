import { recordEvent } from '#lib/audit/record-event.ts';
import { type AccountActor, accountOf } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { isNationalCode } from './national-code.ts';
import { type BuyerDetails, writeBuyer } from './store.ts';

/**
 * Has invoices from now on say who buys; without a name and a code they say nothing. Invoices that were issued stay as
 * they are. Fails beside the field for a national code whose check digit is wrong, and for one without a name.
 */
export async function setBuyer(
  actor: AccountActor,
  typed: { [Name in keyof BuyerDetails]: string | null },
): Promise<Result<null>> {
  const { name, nationalCode } = typed;
  const wrong = (field: string, message: string) =>
    fail('input.invalid', `${field} of a buyer`, { fields: { [field]: `billing.invoice.${message}` } });
  if (nationalCode !== null && !isNationalCode(nationalCode)) return wrong('nationalCode', 'codeWrong');
  if (nationalCode !== null && name === null) return wrong('name', 'nameMissing');
  if (nationalCode === null && (name ?? typed.economicCode ?? typed.postalCode) !== null) {
    return wrong('nationalCode', 'codeMissing');
  }
  return transact<null>(async (tx) => {
    await writeBuyer(tx, accountOf(actor), nationalCode && name ? { ...typed, name, nationalCode } : null);
    await recordEvent(tx, actor, 'invoice.buyer', { metadata: { isSet: nationalCode !== null } });
    return succeed(null);
  });
}
