import { db } from '#lib/db/client.ts';
import type { Tx } from '#lib/db/transact.ts';

export type Agreement = { readonly terms: string; readonly engine: string; readonly country: string };

export async function hasAgreed(userId: string, agreement: Agreement): Promise<boolean> {
  return (await db().agreement.count({ where: { userId, ...agreement } })) > 0;
}

/** False when it was recorded before. */
export async function insertAgreement(tx: Tx, userId: string, agreement: Agreement): Promise<boolean> {
  const { count } = await tx.agreement.createMany({
    data: { userId, ...agreement },
    skipDuplicates: true,
  });
  return count === 1;
}
