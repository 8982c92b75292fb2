import type { UserActor } from '#lib/core/actor.ts';
import { findQuota } from '#lib/quota/store.ts';
import { expectedWaitSeconds } from '../policy.ts';
import { readLine } from './store.ts';

/** What a request of now would have to wait for: how many stand before it, and how long one takes about. */
export type WaitView = { ahead: number; seconds: number };

/** How long the actor would wait for `count` results, as far as the line and the last results tell. */
export async function readWait(actor: UserActor, count = 1): Promise<WaitView> {
  const { paidRemaining } = await findQuota(null, actor.userId);
  const line = await readLine(paidRemaining > 0);
  return { ahead: line.ahead, seconds: expectedWaitSeconds(line, count) };
}
