import type { Tx } from '#lib/db/transact.ts';

/** Figures that the worker rolled up. */

/** Rolls up; false when somebody else is at it or has just done it. */
export async function rollUp(tx: Tx): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ done: boolean }[]>`SELECT roll_up_figures() AS done`;
  if (!row?.done) return false;
  await tx.$executeRaw`SELECT roll_up_engine_figures()`;
  return true;
}

/** The columns of get_system_stats; money in Rials. */
export type SystemFigures = Readonly<Record<string, number>>;

export async function findSnapshot(tx: Tx): Promise<{ figures: SystemFigures; takenAt: Date } | null> {
  const row = await tx.systemSnapshot.findFirst({ select: { figures: true, takenAt: true } });
  return row ? { figures: row.figures as SystemFigures, takenAt: row.takenAt } : null;
}

export type DayFigures = {
  /** `2026-11-22`. */
  readonly day: string;
  readonly newUsers: number;
  readonly newVendors: number;
  readonly conversions: number;
  readonly completed: number;
  readonly failed: number;
  readonly payments: number;
  readonly revenueRials: bigint;
};

/** The last days, oldest first. */
export async function listDays(tx: Tx, days: number): Promise<DayFigures[]> {
  return tx.$queryRaw<DayFigures[]>`
    SELECT day::text, new_users AS "newUsers", new_vendors AS "newVendors", conversions, completed, failed, payments,
      revenue AS "revenueRials"
    FROM daily_figures WHERE day > visit_day() - ${days}::int ORDER BY day`;
}
