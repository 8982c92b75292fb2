import type { TestDatabase } from '#scripts/rig/database.ts';
import { one } from '#scripts/rig/database.ts';

export type Period = {
  plan: string;
  paid: boolean;
  from: number;
  until: number;
  starts_at: Date;
  ends_at: Date;
};

/** The periods of an account in order, in whole days from now (a voided one is left out). */
export async function timeline(database: TestDatabase, owner: string): Promise<Period[]> {
  return database.query<Period>(
    `SELECT y.name AS plan, p.payment_id IS NOT NULL AS paid, p.starts_at, p.ends_at,
            round(extract(epoch FROM p.starts_at - now()) / 86400)::int AS from,
            round(extract(epoch FROM p.ends_at - now()) / 86400)::int AS until
       FROM subscription_periods p JOIN payment_plans y ON y.id = p.plan_id
      WHERE coalesce(p.user_id, p.vendor_id) = $1 AND p.ends_at > p.starts_at
      ORDER BY p.starts_at`,
    [owner],
  );
}

export const plansOf = (periods: readonly Period[]) => periods.map(({ plan }) => plan);

/** The plan that the account shows. */
export async function shownPlan(database: TestDatabase, userId: string): Promise<string | null> {
  const rows = await database.query<{ name: string | null }>(
    'SELECT p.name FROM users u LEFT JOIN payment_plans p ON p.id = u.plan_id WHERE u.id = $1',
    [userId],
  );
  return one(rows).name;
}
