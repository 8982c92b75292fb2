import { createClient } from '@redis/client';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';

/** One budget's counters in the fast store, whichever it is. Throws when the store does not answer. */
export type Counter = {
  /** Spends a point. */
  consume(key: string): Promise<RateLimiterRes>;
  /** Gives a point back. */
  giveBack(key: string): Promise<unknown>;
  /** Adds points that were spent before this store knew of the key, in a window that ends then. */
  restore(key: string, points: number, endsInSeconds: number): Promise<void>;
};

/** A store that is slower than this is no help to anybody who waits. */
const answerWithinMs = 250;
/** After a failure the store is left alone for so long. */
const pauseMs = 1000;

function open(url: string) {
  return createClient({
    url,
    // What cannot be asked now is decided elsewhere; it must not wait in line.
    disableOfflineQueue: true,
    socket: {
      connectTimeout: 1000,
      reconnectStrategy: (tries) => Math.min(100 * 2 ** tries, 2000),
    },
  });
}

type Connection = { readonly client: ReturnType<typeof open>; pausedUntil: number };

// Next bundles each route apart: one connection a process needs a place that all of them share.
const shared = perProcess<{ redis?: Connection }>('rateLimit.redis');

function connection(url: string): Connection {
  if (shared.redis) return shared.redis;
  const client = open(url);
  const made: Connection = { client, pausedUntil: 0 };
  let isDown = false;
  client.on('error', (error: unknown) => {
    if (!isDown) log.error({ err: error }, 'the store of rate limits is away: the database counts');
    isDown = true;
  });
  client.on('ready', () => {
    if (isDown) log.info('the store of rate limits is back');
    isDown = false;
  });
  client.connect().catch(() => undefined);
  shared.redis = made;
  return made;
}

/** Ends the connection of this process, so that a script can exit. */
export function closeCounters(): void {
  shared.redis?.client.destroy();
  delete shared.redis;
}

async function soon<T>(made: Connection, work: () => Promise<T>): Promise<T> {
  if (Date.now() < made.pausedUntil) throw new Error('the store of rate limits is given a pause');
  // A connection that is being opened gets its chance; a broken one does not.
  for (let waited = 0; !made.client.isReady && waited < answerWithinMs; waited += 10) {
    await new Promise((resume) => setTimeout(resume, 10));
  }
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the store of rate limits did not answer')), answerWithinMs);
  });
  try {
    return await Promise.race([work(), late]);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) made.pausedUntil = Date.now() + pauseMs;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A refusal by the library carries the count as well: both are answers. */
async function countOf(work: Promise<RateLimiterRes>): Promise<RateLimiterRes> {
  try {
    return await work;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal;
    throw refusal;
  }
}

/** Counters in Redis or Valkey when there is one, else in this process. */
export function createCounter(name: string, points: number, seconds: number): Counter {
  const options = { keyPrefix: `limit:${name}`, points, duration: seconds };
  const { redisUrl } = env();
  if (!redisUrl) {
    const memory = new RateLimiterMemory(options);
    return {
      consume: (key) => countOf(memory.consume(key)),
      giveBack: (key) => memory.reward(key),
      restore: async (key, spent, endsInSeconds) => {
        const known = await memory.get(key);
        await memory.set(key, (known?.consumedPoints ?? 0) + spent, endsInSeconds);
      },
    };
  }
  const made = connection(redisUrl);
  const redis = new RateLimiterRedis({
    ...options,
    storeClient: made.client,
    useRedisPackage: true,
    rejectIfRedisNotReady: true,
  });
  return {
    consume: (key) => soon(made, () => countOf(redis.consume(key))),
    giveBack: (key) => soon(made, () => redis.reward(key)),
    restore: (key, spent, endsInSeconds) =>
      soon(made, async () => {
        await redis.penalty(key, spent);
        await made.client.expire(redis.getKey(key), endsInSeconds);
      }),
  };
}
