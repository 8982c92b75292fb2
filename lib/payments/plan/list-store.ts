import { db } from '#lib/db/client.ts';

export type PlanRow = {
  name: string;
  audience: string;
  pricePerMonthCents: bigint;
  monthlyConversionsLimit: number;
  monthlyImagesLimit: number;
};

/** The plans that can be had today, cheapest first. */
export function listActivePlans(): Promise<PlanRow[]> {
  return db().paymentPlan.findMany({
    where: { isActive: true },
    select: {
      name: true,
      audience: true,
      pricePerMonthCents: true,
      monthlyConversionsLimit: true,
      monthlyImagesLimit: true,
    },
    orderBy: [{ pricePerMonthCents: 'asc' }, { monthlyImagesLimit: 'asc' }],
  });
}
