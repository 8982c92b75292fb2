import type { Tx } from '#lib/db/transact.ts';

/** Every plan and pack, those that are not offered too, with its texts and the prices that are to come. */

const shape = {
  id: true,
  name: true,
  audience: true,
  term: true,
  pricePerMonthCents: true,
  monthlyConversionsLimit: true,
  monthlyImagesLimit: true,
  isActive: true,
  texts: { select: { locale: true, name: true, description: true } },
} as const;

type Row = {
  readonly id: string;
  readonly name: string;
  readonly audience: string;
  readonly term: string;
  readonly pricePerMonthCents: bigint;
  readonly monthlyConversionsLimit: number;
  readonly monthlyImagesLimit: number;
  readonly isActive: boolean;
  readonly texts: readonly { locale: string; name: string; description: string | null }[];
};

/** What can be changed about a plan. Prices in Rials. */
export type PlanChange = {
  readonly nameFa: string;
  readonly nameEn: string;
  readonly descriptionFa: string | null;
  readonly descriptionEn: string | null;
  readonly priceRials: bigint;
  readonly conversionsLimit: number;
  readonly imagesLimit: number;
  readonly isActive: boolean;
};

export type AnyPlanRow = PlanChange & {
  readonly id: string;
  readonly name: string;
  readonly audience: string;
  readonly isPack: boolean;
};

function toPlan(row: Row): AnyPlanRow {
  const text = (locale: string) => row.texts.find((one) => one.locale === locale);
  return {
    id: row.id,
    name: row.name,
    audience: row.audience,
    isPack: row.term === 'once',
    nameFa: text('fa')?.name ?? row.name,
    nameEn: text('en')?.name ?? row.name,
    descriptionFa: text('fa')?.description ?? null,
    descriptionEn: text('en')?.description ?? null,
    priceRials: row.pricePerMonthCents,
    conversionsLimit: row.monthlyConversionsLimit,
    imagesLimit: row.monthlyImagesLimit,
    isActive: row.isActive,
  };
}

export type ComingPrice = { readonly planId: string; readonly startsAt: Date; readonly priceRials: bigint };

export async function listAnyPlans(tx: Tx): Promise<AnyPlanRow[]> {
  const rows = await tx.paymentPlan.findMany({
    select: shape,
    orderBy: [{ audience: 'asc' }, { term: 'asc' }, { pricePerMonthCents: 'asc' }, { name: 'asc' }],
  });
  return rows.map(toPlan);
}

/** Prices that have not begun, first ones first. */
export async function listComingPrices(tx: Tx): Promise<ComingPrice[]> {
  return tx.$queryRaw<ComingPrice[]>`
    SELECT plan_id AS "planId", starts_at AS "startsAt", price AS "priceRials" FROM plan_prices
    WHERE starts_at > clock_timestamp() ORDER BY starts_at, plan_id`;
}

/** Locks a plan, so that two who change it at once see each other's change; with the price that holds now. */
export async function lockPlan(tx: Tx, id: string): Promise<AnyPlanRow | null> {
  await tx.$executeRaw`SELECT 1 FROM payment_plans WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  await applyDuePrices(tx);
  const row = await tx.paymentPlan.findUnique({ where: { id }, select: shape });
  return row && toPlan(row);
}

/** Brings what plans show to cost in line with prices that have begun. Answers with how many changed. */
export async function applyDuePrices(tx: Tx): Promise<number> {
  const [row] = await tx.$queryRaw<{ changed: number }[]>`SELECT apply_due_prices() AS changed`;
  return row?.changed ?? 0;
}

const columnsOf = (change: PlanChange) => ({
  displayName: change.nameEn,
  description: change.descriptionEn,
  pricePerMonthCents: change.priceRials,
  monthlyConversionsLimit: change.conversionsLimit,
  monthlyImagesLimit: change.imagesLimit,
  isActive: change.isActive,
});

async function writeTexts(tx: Tx, planId: string, change: PlanChange): Promise<void> {
  const texts = [
    { locale: 'fa', name: change.nameFa, description: change.descriptionFa },
    { locale: 'en', name: change.nameEn, description: change.descriptionEn },
  ];
  for (const { locale, ...text } of texts) {
    await tx.planText.upsert({
      where: { planId_locale: { planId, locale } },
      create: { planId, locale, ...text },
      update: text,
    });
  }
}

export async function writePlan(tx: Tx, id: string, change: PlanChange): Promise<void> {
  await tx.paymentPlan.update({ where: { id }, data: columnsOf(change) });
  await writeTexts(tx, id, change);
}

export type NewPlan = PlanChange & {
  readonly name: string;
  readonly audience: 'user' | 'vendor';
  readonly term: 'month' | 'once';
};

/** Makes a plan or a pack; null when another one has its short name. */
export async function insertPlan(tx: Tx, plan: NewPlan): Promise<string | null> {
  const { name, audience, term } = plan;
  if (await tx.paymentPlan.findUnique({ where: { name }, select: { id: true } })) return null;
  const { id } = await tx.paymentPlan.create({
    data: { name, audience, term, ...columnsOf(plan) },
    select: { id: true },
  });
  await writeTexts(tx, id, plan);
  return id;
}

/** Has a plan cost something else from a moment on; one price a moment. */
export async function setComingPrice(
  tx: Tx,
  price: { planId: string; startsAt: Date; priceRials: bigint; createdBy: string },
): Promise<void> {
  const { planId, startsAt, priceRials, createdBy } = price;
  await tx.$executeRaw`
    INSERT INTO plan_prices (plan_id, starts_at, price, created_by)
    VALUES (${planId}::uuid, ${startsAt}::timestamptz, ${priceRials}, ${createdBy}::uuid)
    ON CONFLICT (plan_id, starts_at) DO UPDATE SET price = excluded.price, created_by = excluded.created_by`;
}

/** Takes a price back that has not begun. False when there is none. */
export async function dropComingPrice(tx: Tx, planId: string, startsAt: Date): Promise<boolean> {
  const dropped = await tx.$executeRaw`
    DELETE FROM plan_prices
    WHERE plan_id = ${planId}::uuid AND starts_at = ${startsAt}::timestamptz AND starts_at > clock_timestamp()`;
  return dropped === 1;
}
