import { enginesFor, type HostedEngineSettings } from '#lib/core/env/style-env.ts';
import { log } from '#lib/core/log.ts';
import { fail } from '#lib/core/result.ts';
import type { EngineState, StyleEngine } from '../style-engine.ts';
import type { Asked, HostedEngine } from './hosted-engine.ts';

/** When an engine is left alone: after one call that was not taken or two in a row that brought nothing, twice as long each time. */
const resting = { strikes: 2, firstMs: 30_000, longestMs: 600_000 } as const;
/** So many rests or unanswered questions in a row, and it is said to be out of service. */
const outAfter = 3;

type Placed = { readonly settings: HostedEngineSettings; readonly engine: HostedEngine };
type Closing = { close(): Promise<void> };

/** What this process has seen of one engine. Health orders engines; it refuses none. */
function createHealth({ settings: { name }, engine }: Placed, now: () => number) {
  let strikes = 0;
  let rests = 0;
  let until = 0;
  let isToCheck = false;
  let unanswered = 0;
  return {
    state: (): EngineState => ({
      engine: name,
      isResting: now() < until,
      isOut: rests + unanswered >= outAfter,
    }),
    async isAwake(): Promise<boolean> {
      if (now() < until) return false;
      if (!isToCheck) return true;
      // Before somebody's picture is tried on it again: a question that costs nothing. Nobody else asks meanwhile.
      until = now() + resting.firstMs;
      const status = await engine.check();
      isToCheck = status === null || status >= 500 || [401, 402, 403, 429].includes(status);
      unanswered = isToCheck ? unanswered + 1 : 0;
      if (!isToCheck) until = 0;
      return !isToCheck;
    },
    note({ health, isUntaken, waitMs = 0 }: Asked): void {
      if (health === 'unknown') return;
      strikes = health === 'well' ? 0 : strikes + (isUntaken ? resting.strikes : 1);
      if (health === 'well') [rests, unanswered] = [0, 0];
      if (strikes < resting.strikes) return;
      const restMs = Math.min(resting.longestMs, Math.max(waitMs, resting.firstMs * 2 ** rests));
      [strikes, rests, until, isToCheck] = [resting.strikes - 1, rests + 1, now() + restMs, true];
      log.warn(
        { alarm: 'engine.rests', engine: name, restMs },
        'an engine is asked after the others for a while',
      );
    },
  };
}

type Member = Placed & { readonly health: ReturnType<typeof createHealth> };

/** The first that is well leads; those before it are asked last. */
async function byHealth(members: readonly Member[]): Promise<readonly Member[]> {
  if (members.length < 2) return members;
  for (const [at, { health }] of members.entries())
    if (await health.isAwake()) return [...members.slice(at), ...members.slice(0, at)];
  return members;
}

/**
 * Several engines as one. What no hosted engine is named for is made by `local`; everything else by the first that is well
 * and may be asked. Another is asked only while nothing can have been made of the picture: from the moment a request may have
 * reached a service, its answer is the answer.
 */
export function createEngineRow(
  hosted: readonly Placed[],
  local: StyleEngine & Closing,
  now: () => number = () => performance.now(),
): StyleEngine & Closing {
  const row = hosted.map((one) => ({ ...one, health: createHealth(one, now) }));
  const all = hosted.map(({ settings }) => settings);
  return {
    name: null,
    async stylise(job) {
      const look = job.style === 'reference' ? (job.order?.kind ?? 'light') : 'style';
      const tell = async (name: string) => (job.onEngine ? job.onEngine(name) : true);
      const lost = () => fail('conversion.engine', 'another worker has the conversion');
      const named = enginesFor(look, all);
      if (named.length === 0) return (await tell('local')) ? local.stylise(job) : lost();
      const allowed = job.mayAsk ? await job.mayAsk(named) : { ok: true as const, value: named };
      if (!allowed.ok) return allowed;
      const order = await byHealth(row.filter(({ settings }) => allowed.value.includes(settings)));
      for (const [at, { settings, engine, health }] of order.entries()) {
        if (!(await tell(settings.name))) return lost();
        const asked = await engine.ask(job, { mayPassOn: at + 1 < order.length });
        health.note(asked);
        const isLast = at + 1 === order.length || job.signal.aborted || asked.health !== 'ill';
        if (asked.made.ok || !asked.isUntaken || isLast) return asked.made;
        log.warn({ engine: settings.name, detail: asked.made.detail }, 'the next engine is asked');
      }
      return fail('conversion.engine', 'no engine may be asked for this picture');
    },
    states: () => row.map(({ health }) => health.state()),
    close: async () => {
      await Promise.all([local.close(), ...hosted.map(({ engine }) => engine.close())]);
    },
  };
}
