import type { AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';

/** What stands on the invoices of an account that asks for it. Invoices themselves are written by the database. */
export type BuyerDetails = {
  readonly name: string;
  readonly nationalCode: string;
  readonly economicCode: string | null;
  readonly postalCode: string | null;
};

const whose = ({ kind, accountId }: AccountRef) =>
  kind === 'user' ? { userId: accountId } : { vendorId: accountId };

export async function findBuyer(tx: Tx, owner: AccountRef): Promise<BuyerDetails | null> {
  return tx.buyerDetails.findFirst({
    where: whose(owner),
    select: { name: true, nationalCode: true, economicCode: true, postalCode: true },
  });
}

/** Writes them, for invoices from now on; null takes them away. */
export async function writeBuyer(tx: Tx, owner: AccountRef, details: BuyerDetails | null): Promise<void> {
  await tx.buyerDetails.deleteMany({ where: whose(owner) });
  if (details) await tx.buyerDetails.create({ data: { ...whose(owner), ...details } });
}
