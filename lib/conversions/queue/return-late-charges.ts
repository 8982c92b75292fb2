import { log } from '#lib/core/log.ts';
import { returnLateCharges } from '../store.ts';

/**
 * Returns the charge of every conversion that was first claimed three minutes ago and has no result yet. The
 * work goes on and completes free. Safe to run anywhere at any time.
 */
export async function sweepConversions(): Promise<void> {
  const returned = await returnLateCharges();
  if (returned > 0) log.warn({ returned }, 'charges returned after the deadline');
}
