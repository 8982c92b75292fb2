import { setTimeout as sleep } from 'node:timers/promises';
import type { BotSettings } from '#lib/core/env/bot-env.ts';
import { log } from '#lib/core/log.ts';
import { db } from '#lib/db/client.ts';
import { decide } from '#lib/db/decide.ts';
import { botLimits } from '../policy.ts';
import { apiOf, callFailure } from '../wire/bot-api.ts';
import { readSent } from './read-update.ts';
import { advancePolling, holdPolling, insertUpdates, releasePolling } from './store.ts';

/** What we want to be told of; the rest a messenger keeps to itself. */
export const wantedUpdates = ['message', 'callback_query'] as const;

/** Puts what a messenger sent into the line. What is no update of its own is left out. */
export async function takeUpdates(
  platform: BotSettings['platform'],
  bodies: readonly unknown[],
): Promise<number> {
  const updates = bodies.flatMap((body) => readSent(body) ?? []);
  if (updates.length === 0) return 0;
  return decide((tx) => insertUpdates(tx, platform, updates));
}

/**
 * Asks a messenger for what people wrote, as long as this worker is the one that does: of several one asks, and when it has been
 * silent for 45 seconds another. The messenger is told what we have only with the question after it is in the line.
 *
 * @param holder Who asks, by a name of its own.
 * @returns False when the messenger does not answer: another worker may reach it, and this one asks again later.
 */
export async function pollUpdates(bot: BotSettings, holder: string, signal: AbortSignal): Promise<boolean> {
  const { platform } = bot;
  let next = await decide((tx) => holdPolling(tx, platform, holder));
  while (next !== null && !signal.aborted) {
    const options = {
      offset: next,
      limit: botLimits.pollBatch,
      timeout: botLimits.pollSeconds,
      allowed_updates: [...wantedUpdates],
    };
    let bodies: readonly unknown[];
    try {
      bodies = await apiOf(bot).getUpdates(options, signal as never);
    } catch (error) {
      if (signal.aborted) break;
      const failure = callFailure(error);
      if (!failure) throw error;
      log.warn({ platform, failure }, 'a messenger does not say what people wrote');
      if (failure.kind === 'wait') await sleep(failure.seconds * 1000, undefined, { signal }).catch(() => {});
      await releasePolling(db(), platform, holder);
      return false;
    }
    await takeUpdates(platform, bodies);
    const last = Math.max(next - 1, ...bodies.map((body) => readSent(body)?.updateId ?? -1));
    await decide((tx) => advancePolling(tx, platform, last + 1));
    next = await decide((tx) => holdPolling(tx, platform, holder));
  }
  if (next !== null) await releasePolling(db(), platform, holder);
  return true;
}
