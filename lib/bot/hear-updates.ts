import { setTimeout as sleep } from 'node:timers/promises';
import type { BotSettings } from '#lib/core/env/bot-env.ts';
import { log } from '#lib/core/log.ts';
import { db } from '#lib/db/client.ts';
import { writePatiently } from '#lib/db/decide.ts';
import { silenceChat } from './chat/store.ts';
import { readUpdate } from './inbox/read-update.ts';
import { claimUpdates, type DueUpdate, delayUpdate, endUpdate } from './inbox/store.ts';
import { botLimits } from './policy.ts';
import { answer } from './talk/answer.ts';
import type { PaintSample } from './talk/talk.ts';
import { callFailure } from './wire/bot-api.ts';

/** What dealing with updates needs besides the database. */
export type Hearing = {
  readonly bots: readonly BotSettings[];
  readonly paintSample: PaintSample;
  readonly signal: AbortSignal;
};

async function deal(due: DueUpdate, hearing: Hearing): Promise<void> {
  const { platform, updateId, body, attempts } = due;
  const bot = hearing.bots.find((one) => one.platform === platform);
  const heard = bot ? readUpdate(body) : null;
  const end = () => writePatiently(() => endUpdate(db(), platform, updateId));
  if (!bot || !heard) return end();
  try {
    await answer(heard, bot, hearing);
  } catch (error) {
    const failure = callFailure(error);
    if (failure?.kind === 'silent') {
      await silenceChat(db(), { platform, chatId: heard.chatId });
      return end();
    }
    const pause = failure?.kind === 'wait' ? failure.seconds : botLimits.pauses[attempts - 1];
    if (failure?.kind === 'refused' || pause === undefined || attempts > botLimits.pauses.length) {
      log.error({ err: error, platform, updateId }, 'what somebody wrote to a bot was given up');
      return end();
    }
    if (!failure && !hearing.signal.aborted)
      log.error({ err: error, platform, updateId }, 'what somebody wrote to a bot was not dealt with');
    await writePatiently(() => delayUpdate(db(), platform, updateId, pause));
    return;
  }
  await end();
}

/**
 * Deals with what people wrote, until nothing of it is due; how much. Somebody's photo that takes long holds up nobody else:
 * a place that is free is taken at once. Each is dealt with once, unless a worker dies over it.
 */
export async function hearUpdates(hearing: Hearing): Promise<number> {
  const platforms = hearing.bots.map(({ platform }) => platform);
  const running = new Set<Promise<void>>();
  let heard = 0;
  const begin = (due: DueUpdate) => {
    const work = deal(due, hearing)
      .catch((error: unknown) => log.error({ err: error }, 'an update is dealt with later'))
      .finally(() => running.delete(work));
    running.add(work);
  };
  while (!hearing.signal.aborted) {
    const due = await claimUpdates(db(), platforms, botLimits.atOnce - running.size);
    for (const one of due) begin(one);
    heard += due.length;
    if (due.length === 0 && running.size === 0) break;
    if (due.length === 0) await Promise.race([...running, sleep(botLimits.lookMs)]);
    else if (running.size >= botLimits.atOnce) await Promise.race(running);
  }
  await Promise.all(running);
  return heard;
}
