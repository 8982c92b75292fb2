import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { pictureLanes, sharp } from '#lib/core/threads/image-runtime.ts';
import { sniffPicture } from '#lib/files/picture/sniff-picture.ts';
import type { LookRegion } from '#lib/gallery/look/kinds.ts';
import { isStyleName } from '../catalogue.ts';
import type { StyledPicture, StyleEngine, StyleJob, StyleStage } from '../style-engine.ts';
import { type HostedService, noPicture, type ServiceFailure, type ServicePicture } from './hosted-service.ts';
import { promptFor } from './prompts.ts';

/** How often one attempt asks, how long it waits between, and what is sent and kept. */
const limits = {
  calls: 3,
  pauseMs: 800,
  longestPauseMs: 15_000,
  /** Within the time that one attempt at a conversion has. */
  togetherMs: 115_000,
  sentSide: 1536,
  keptSide: 2048,
  leastSide: 64,
  mostPixels: 40_000_000,
} as const;

type Options = {
  /** The pause before a second call; each further one is twice as long. */
  readonly pauseMs?: number;
};

/**
 * An engine that asks a service. One attempt makes at most three calls under one key; a refusal and a wrong
 * setting are not repeated. What comes back is decoded, measured and encoded anew before anybody sees it.
 */
export function createHostedEngine(
  service: HostedService,
  { pauseMs = limits.pauseMs }: Options = {},
): HostedEngine {
  const unasked = (made: Result<never>): Asked => ({ made, isUntaken: true, health: 'unknown' });
  const engine: HostedEngine = {
    name: service.name,
    check: service.check,
    stylise: async (job) => (await engine.ask(job, { mayPassOn: false })).made,
    async ask(job, { mayPassOn }) {
      if (job.style !== 'reference' && !isStyleName(job.style))
        return unasked(fail('style.unknown', `No style is called ${String(job.style)}`));
      if (job.signal.aborted) return unasked(fail('conversion.engine', 'Aborted before it began'));
      const startedAt = performance.now();
      const { timed, stagesMs } = stageClock(job);
      const request = await timed('decode', async () => ({
        prompt: promptFor(job),
        photo: await toSend(job.photo),
        reference: job.style === 'reference' ? await toSend(job.reference, job.order?.region) : null,
        attemptKey: job.attemptKey ?? randomUUID(),
        signal: job.signal,
      })).catch(() => null);
      if (!request) return unasked(fail('conversion.engine', 'The photo or the reference could not be read'));
      let isUntaken = true;
      const made = await timed('paint', async () => {
        for (let call = 1; ; call++) {
          const answer = await service.edit(request);
          const kept = answer.ok ? await keep(answer.picture) : answer;
          isUntaken &&= !kept.ok && kept.isUntaken === true;
          if (kept.ok || kept.kind !== 'retry' || call === limits.calls || job.signal.aborted) return kept;
          if (isUntaken && mayPassOn) return kept;
          const wait = Math.max(pauseMs * 2 ** (call - 1), kept.waitMs ?? 0);
          const spent = performance.now() - startedAt;
          // Longer than somebody waits: the charge comes back sooner.
          if (wait > limits.longestPauseMs || spent + wait + service.timeoutMs > limits.togetherMs)
            return kept;
          log.warn({ detail: kept.detail, call }, 'the style service is asked again');
          await sleep(wait, undefined, { signal: job.signal }).catch(() => undefined);
        }
      });
      if (made.ok) return { made: succeed({ ...made.picture, stagesMs }), isUntaken: false, health: 'well' };
      const health = job.signal.aborted ? 'unknown' : made.kind === 'refuse' ? 'well' : 'ill';
      return { made: toFailure(made), isUntaken, health, waitMs: made.waitMs };
    },
    close: async () => undefined,
  };
  return engine;
}

/** How an attempt at one service ended. */
export type Asked = {
  readonly made: Result<StyledPicture>;
  /** Nothing was made by any of its calls: another engine may be asked for the same picture. */
  readonly isUntaken: boolean;
  /** What that says of the service. */
  readonly health: 'well' | 'ill' | 'unknown';
  /** How long it asks to be left alone. */
  readonly waitMs?: number | undefined;
};

export type HostedEngine = StyleEngine & {
  close(): Promise<void>;
  check: HostedService['check'];
  /** `mayPassOn`: another engine is there, so that a call which was not taken is not repeated here. */
  ask(job: StyleJob, options: { readonly mayPassOn: boolean }): Promise<Asked>;
};

function toFailure(failure: ServiceFailure): Result<never> {
  if (failure.kind === 'refuse') return fail('conversion.refused', failure.detail);
  if (failure.kind === 'misconfigured')
    log.error(
      { detail: failure.detail },
      'the style service does not take our requests: look at its settings',
    );
  return fail('conversion.engine', failure.detail);
}

/** Says the stages and counts their time. */
function stageClock({ onStage }: StyleJob) {
  const stagesMs: Record<string, number> = {};
  const timed = async <T>(stage: StyleStage, work: () => Promise<T>): Promise<T> => {
    onStage?.(stage);
    const start = performance.now();
    try {
      return await work();
    } finally {
      stagesMs[stage] = Math.round(performance.now() - start);
    }
  };
  return { timed, stagesMs };
}

/** As large as services look at, as a JPEG without a word about where it was taken; of a reference its marked part. */
async function toSend(photo: Buffer, region?: LookRegion): Promise<ServicePicture> {
  const source = sharp(photo, { limitInputPixels: limits.mostPixels, failOn: 'error' });
  const { autoOrient } = await source.metadata();
  const upright = source.autoOrient();
  const bytes = await (region ? upright.extract(pixelsIn(region, autoOrient)) : upright)
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
    .resize(limits.sentSide, limits.sentSide, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 90 })
    .toBuffer();
  return { bytes, mimeType: 'image/jpeg' };
}

/** A region in whole pixels, never empty and never outside. */
function pixelsIn(region: LookRegion, size: { width: number; height: number }) {
  const left = Math.min(size.width - 1, Math.round(region.x * size.width));
  const top = Math.min(size.height - 1, Math.round(region.y * size.height));
  return {
    left,
    top,
    width: Math.max(1, Math.min(size.width - left, Math.round(region.width * size.width))),
    height: Math.max(1, Math.min(size.height - top, Math.round(region.height * size.height))),
  };
}

type Kept = { readonly ok: true; readonly picture: Omit<StyledPicture, 'stagesMs'> };

/** What a service calls a picture, if it is one. */
async function keep(bytes: Buffer): Promise<Kept | ServiceFailure> {
  if (!sniffPicture(bytes).ok) return noPicture('retry', `the answer is no picture (${bytes.length} bytes)`);
  try {
    const encoded = await pictureLanes.run({ lane: 'person' }, () =>
      sharp(bytes, { limitInputPixels: limits.mostPixels, failOn: 'error' })
        .flatten({ background: '#ffffff' })
        .toColourspace('srgb')
        .resize(limits.keptSide, limits.keptSide, { fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality: 92, chromaSubsampling: '4:4:4' })
        .toBuffer({ resolveWithObject: true }),
    );
    if (!encoded) return noPicture('retry', 'too many pictures are waiting to be decoded');
    const { width, height } = encoded.info;
    if (Math.min(width, height) < limits.leastSide)
      return noPicture('retry', `the answer is ${width}x${height}`);
    return { ok: true, picture: { bytes: encoded.data, mimeType: 'image/jpeg', width, height } };
  } catch {
    return noPicture('retry', 'the picture in the answer is damaged');
  }
}
