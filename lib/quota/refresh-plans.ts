import { log } from '#lib/core/log.ts';
import { refreshShownPlans } from './store.ts';

/**
 * After a period ends, the account goes on showing its plan until this is run. What may be charged never
 * depends on it.
 */
export async function refreshPlans(): Promise<void> {
  const looked = await refreshShownPlans();
  if (looked > 0) log.info({ looked }, 'shown plans refreshed');
}
