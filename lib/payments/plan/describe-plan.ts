import type { AccountActor } from '#lib/core/actor.ts';
import { accountOf } from '#lib/core/actor.ts';
import type { PeriodRow } from './store.ts';
import { findAccountPlan, listPeriodRows } from './store.ts';

/** The plan an account has, what of it is used, and what is paid ahead. */
export type AccountPlanView = {
  /** The paid month it is in; null on the free plan. */
  readonly current: PeriodRow | null;
  /** Paid months ahead, in order. */
  readonly ahead: readonly PeriodRow[];
  /** Free conversions of a user, free gallery images of a vendor. */
  readonly freeRemaining: number;
  readonly wantsReminders: boolean;
};

export async function describePlan(actor: AccountActor): Promise<AccountPlanView> {
  const owner = accountOf(actor);
  const [account, periods] = await Promise.all([findAccountPlan(owner), listPeriodRows(owner)]);
  const paid = periods.filter(({ isPaid }) => isPaid);
  return {
    current: paid.find(({ isRunning }) => isRunning) ?? null,
    ahead: paid.filter(({ isRunning }) => !isRunning),
    freeRemaining: account?.freeRemaining ?? 0,
    wantsReminders: account?.wantsReminders ?? true,
  };
}
