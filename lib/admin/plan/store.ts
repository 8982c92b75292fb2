import type { Tx } from '#lib/db/transact.ts';

/** Every plan, those that are not offered too. */

export type AnyPlanRow = {
  readonly id: string;
  readonly name: string;
  readonly audience: string;
  readonly displayName: string;
  readonly description: string | null;
  readonly pricePerMonthCents: bigint;
  readonly monthlyConversionsLimit: number;
  readonly monthlyImagesLimit: number;
  readonly isActive: boolean;
};

const shape = {
  id: true,
  name: true,
  audience: true,
  displayName: true,
  description: true,
  pricePerMonthCents: true,
  monthlyConversionsLimit: true,
  monthlyImagesLimit: true,
  isActive: true,
} as const;

export async function listAnyPlans(tx: Tx): Promise<AnyPlanRow[]> {
  return tx.paymentPlan.findMany({
    select: shape,
    orderBy: [{ audience: 'asc' }, { pricePerMonthCents: 'asc' }, { name: 'asc' }],
  });
}

/** Locks a plan, so that two who change it at once see each other's change. */
export async function lockPlan(tx: Tx, id: string): Promise<AnyPlanRow | null> {
  await tx.$executeRaw`SELECT 1 FROM payment_plans WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  return tx.paymentPlan.findUnique({ where: { id }, select: shape });
}

export type PlanChange = Pick<
  AnyPlanRow,
  | 'displayName'
  | 'description'
  | 'pricePerMonthCents'
  | 'monthlyConversionsLimit'
  | 'monthlyImagesLimit'
  | 'isActive'
>;

export async function writePlan(tx: Tx, id: string, change: PlanChange): Promise<void> {
  await tx.paymentPlan.update({ where: { id }, data: change });
}
