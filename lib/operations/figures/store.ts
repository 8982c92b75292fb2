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

export type StyleFigureRow = {
  readonly days: number;
  readonly styleName: string;
  readonly total: number;
  readonly completed: number;
  readonly failed: number;
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
};

export type EngineFigureRow = Omit<StyleFigureRow, 'styleName'> & { readonly engine: string };

/** How the engines did over the last day or week, most used first. */
export async function listEngineFigures(tx: Tx, days: 1 | 7): Promise<EngineFigureRow[]> {
  return tx.engineFigure.findMany({ where: { days }, orderBy: [{ total: 'desc' }, { engine: 'asc' }] });
}

/** How the styles did over the last day or week, most used first. */
export async function listStyleFigures(tx: Tx, days: 1 | 7): Promise<StyleFigureRow[]> {
  return tx.styleFigure.findMany({ where: { days }, orderBy: [{ total: 'desc' }, { styleName: 'asc' }] });
}
