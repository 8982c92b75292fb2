import { listActivePlans } from './store.ts';
import { type PlanView, toPlanView } from './view.ts';

/** The plans of the plan page, for people and for vendors. Open to everybody. */
export async function listPlansPage(): Promise<{ user: PlanView[]; vendor: PlanView[] }> {
  const plans = (await listActivePlans()).map(toPlanView);
  return {
    user: plans.filter((plan) => plan.audience === 'user'),
    vendor: plans.filter((plan) => plan.audience === 'vendor'),
  };
}
