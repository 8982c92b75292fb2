import { randomUUID } from 'node:crypto';
import { hearUpdates } from '#lib/bot/hear-updates.ts';
import { pollUpdates } from '#lib/bot/inbox/poll-updates.ts';
import { prepareBot } from '#lib/bot/prepare-bot.ts';
import { sendResults } from '#lib/bot/send-results.ts';
import { sweepBots } from '#lib/bot/sweep-bots.ts';
import { env } from '#lib/core/env/env.ts';
import { createSemaphore } from '#lib/core/threads/lanes.ts';
import { isStyleName } from '#lib/styles/catalogue.ts';
import { createLocalEngine } from '#lib/styles/node/local-engine.ts';
import { every } from './every.ts';
import type { GivingWay } from './give-way.ts';

const hourMs = 3_600_000;
const longestRestMs = 60_000;
/** Samples that wait; one photo has one of them at a time. */
const mostSamples = 16;

/** Leaves runs out after ones that came to nothing: for two seconds, then twice as long each time, for a minute at most. */
function restingAfterFailures(work: () => Promise<boolean>): () => Promise<void> {
  let [failures, until] = [0, 0];
  return async () => {
    if (performance.now() < until) return;
    failures = (await work()) ? 0 : failures + 1;
    until = failures === 0 ? 0 : performance.now() + Math.min(longestRestMs, 1000 * 2 ** failures);
  };
}

/**
 * The bots that have a token: what people write is asked for or comes by webhook, is dealt with here, and results go out.
 * Samples are painted by our own engine on threads of their own, and give way to what was charged for.
 */
export function startBots(turns: GivingWay): { stop(): Promise<void> } {
  const { bots } = env();
  if (bots.length === 0) return { stop: async () => {} };
  const stopping = new AbortController();
  const { signal } = stopping;
  const engine = createLocalEngine();
  // One sample at a time, whoever it is for: people take turns.
  const room = createSemaphore(1, mostSamples);
  const paintSample = async (photo: Buffer, style: string, given: AbortSignal) => {
    if (!isStyleName(style)) return null;
    const made = await room.run(1, () =>
      turns.later(given, async (turn) => {
        const painted = await engine.stylise({ photo, style, signal: turn });
        // An engine that was cut off says so by failing; pushed aside, it begins again by a throw.
        turn.throwIfAborted();
        return painted;
      }),
    );
    return made?.ok ? made.value.bytes : null;
  };
  const holder = randomUUID();
  const loops = [
    every(500, 'messages to bots', () => hearUpdates({ bots, paintSample, signal })),
    every(700, 'results for chats', () => sendResults(bots)),
    every(hourMs, 'old messages to bots', sweepBots),
    ...bots.map((bot) => {
      let isPrepared = false;
      const work = async () => {
        isPrepared ||= await prepareBot(bot);
        const isHeard = bot.updates === 'webhook' || (await pollUpdates(bot, holder, signal));
        return isPrepared && isHeard;
      };
      return every(1000, `the bot of ${bot.platform}`, restingAfterFailures(work));
    }),
  ];
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops.map((loop) => loop.stop()));
      await engine.close();
    },
  };
}
