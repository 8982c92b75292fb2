import { setTimeout as sleep } from 'node:timers/promises';
import { recordEvent } from '#lib/audit/record-event.ts';
import { system } from '#lib/core/actor.ts';
import type { ErrorCode } from '#lib/core/errors.ts';
import { log } from '#lib/core/log.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { readOriginal } from '#lib/files/image/read-image.ts';
import { type Moderate, moderatePicture, wakeModerator } from '#lib/files/moderation/moderate-picture.ts';
import type { Verdict } from '#lib/files/moderation/store.ts';
import type { PreparedPicture } from '#lib/files/picture/make-variants.ts';
import { prepareResult, recordResult, storeResult } from '#lib/files/result/add-result.ts';
import { commitFiles } from '#lib/files/storage/commit-files.ts';
import { isStyleName } from '#lib/styles/catalogue.ts';
import type { Look, StyleEngine } from '#lib/styles/style-engine.ts';
import { allowEngines, beginWith } from './engine/admit-engines.ts';
import {
  type Attempt,
  type ConversionOrder,
  claimConversion,
  completeConversion,
  type FailureCode,
  failClaimed,
  noteStage,
} from './store.ts';

/** Why a finished picture may be kept a little later, and how long it is tried before the attempt ends. */
const mayPass: readonly ErrorCode[] = ['file.storageFull', 'service.unavailable'];
const keepTries = { forMs: 60_000, firstPauseMs: 1_000, longestPauseMs: 10_000 } as const;

/** An attempt that takes longer is ended; what it held runs again or fails. */
export const attemptTimeoutMs = 120_000;

export type RunOutcome = 'completed' | 'failed' | 'gone';

/** How long each part of one run took, in milliseconds. */
export type RunTimings = Record<string, number>;

type Run = {
  engine: StyleEngine;
  signal: AbortSignal;
  isLastTry: boolean;
  onTimings?: (timings: RunTimings) => void;
  /** Who looks at the result; the local check when left out. */
  moderate?: Moderate;
};

async function failRun(claim: Attempt, code: FailureCode, detail: string): Promise<RunOutcome> {
  const failed = await transact(async (tx) => {
    if (!(await failClaimed(tx, claim, code, detail))) return succeed(false);
    await recordEvent(tx, system, 'conversion.fail', {
      resource: 'conversion',
      resourceId: claim.conversionId,
      metadata: { code, attempt: claim.attempt },
    });
    return succeed(true);
  });
  return failed.ok && failed.value ? 'failed' : 'gone';
}

/**
 * Notes stages one after the other, in order. A worker that claimed the conversion after this one is noticed at the next
 * stage, so that a worker that was asleep does not paint a picture nobody will take.
 */
function stageNotes(claim: Attempt, lost: AbortController) {
  let last = Promise.resolve();
  return {
    note(stage: Parameters<typeof noteStage>[1]) {
      last = last
        .then(async () => {
          if (!(await noteStage(claim, stage))) lost.abort();
        })
        .catch((error) => log.warn({ err: error, conversionId: claim.conversionId }, 'stage not noted'));
    },
    settled: () => last,
  };
}

async function keepResult(
  claim: Attempt & { userId: string; style: string },
  picture: PreparedPicture,
  verdict: Verdict,
  startedAt: number,
): Promise<Result<null>> {
  // Files first: a transaction must not wait for a disk, and a file without a row can be removed again.
  const stored = await storeResult(picture);
  if (!stored.ok) return stored;
  const keep = async (tx: Tx) => {
    const image = await recordResult(tx, stored.value, {
      userId: claim.userId,
      fileName: `${claim.style}.jpg`,
      verdict,
    });
    const done = await completeConversion(tx, claim, {
      imageId: image.id,
      url: image.url,
      bytes: picture.variants.original.bytes.length,
      processingTimeMs: Math.round(performance.now() - startedAt),
    });
    if (!done) return fail('state.illegal', `attempt ${claim.attempt} of ${claim.conversionId} came late`);
    await recordEvent(tx, system, 'conversion.complete', {
      resource: 'conversion',
      resourceId: claim.conversionId,
      metadata: { style: claim.style, attempt: claim.attempt },
    });
    return succeed({ value: null });
  };
  return commitFiles(keep, [stored.value.fileId]);
}

/**
 * Keeps a finished picture, waiting for a full disk to have room again: it was painted and paid for. Throws what
 * `signal` was aborted with.
 */
async function keepPatiently(keep: () => Promise<Result<null>>, signal: AbortSignal): Promise<Result<null>> {
  const until = performance.now() + keepTries.forMs;
  for (
    let pauseMs: number = keepTries.firstPauseMs;
    ;
    pauseMs = Math.min(2 * pauseMs, keepTries.longestPauseMs)
  ) {
    const kept = await keep();
    if (kept.ok || !mayPass.includes(kept.code) || performance.now() + pauseMs > until) return kept;
    log.warn({ detail: kept.detail }, 'a result could not be kept yet');
    await sleep(pauseMs, undefined, { signal });
  }
}

/** What the order is to be painted in; a reference is read as it was kept, public or withdrawn since. */
async function readLook({ style, styleImageId, lookKind, look }: ConversionOrder): Promise<Result<Look>> {
  if (isStyleName(style)) return succeed({ style, ...(look?.strength ? { strength: look.strength } : {}) });
  if (style !== 'reference') return fail('style.unknown', `unknown style ${style}`);
  if (!styleImageId) return fail('notFound', 'the reference is gone');
  const reference = await readOriginal(styleImageId);
  if (!reference.ok) return reference;
  // Without a kind it was charged before there were any.
  return succeed({ style, reference: reference.value, order: { ...look, kind: lookKind ?? 'light' } });
}

/**
 * One attempt at one conversion: claims it, paints it and keeps the result, everything fenced by the attempt.
 * Throws when the attempt broke and another may succeed; the queue then tries again. Expected failures and
 * the last broken attempt end the conversion as failed, which returns the charge.
 */
export async function runConversion(conversionId: string, run: Run): Promise<RunOutcome> {
  const startedAt = performance.now();
  const claim = await claimConversion(conversionId, run.engine.name);
  if (!claim) return 'gone';
  const { sourceImageId } = claim;
  const look = await readLook(claim);
  if (!look.ok) return failRun(claim, 'input', look.detail);
  const photo = sourceImageId ? await readOriginal(sourceImageId) : fail('notFound', 'the photo is gone');
  if (!photo.ok) return failRun(claim, 'input', photo.detail);
  const readMs = performance.now() - startedAt;
  if (!run.moderate) wakeModerator();

  const lost = new AbortController();
  const timeout = AbortSignal.timeout(attemptTimeoutMs);
  const stages = stageNotes(claim, lost);
  const painted = await run.engine.stylise({
    ...look.value,
    photo: photo.value,
    // The same for every attempt: one that died after the service had answered is not paid for twice.
    attemptKey: conversionId,
    signal: AbortSignal.any([run.signal, timeout, lost.signal]),
    onStage: stages.note,
    mayAsk: (engines) => allowEngines(claim, engines),
    onEngine: (name) => beginWith(claim, name),
  });
  await stages.settled();
  if (lost.signal.aborted) return 'gone';
  if (!painted.ok) {
    if (run.signal.aborted) throw new Error('the worker stops');
    if (timeout.aborted && !run.isLastTry) throw new Error(`attempt ${claim.attempt} took too long`);
    const code = painted.code === 'conversion.refused' ? 'refused' : 'engine';
    return failRun(claim, timeout.aborted ? 'deadline' : code, painted.detail);
  }

  stages.note('store');
  const storeStartedAt = performance.now();
  // Looked at while its sizes are made, and stored only when it has been looked at.
  const preparing = prepareResult(painted.value.bytes);
  preparing.catch(() => undefined);
  const verdict = await (run.moderate ?? moderatePicture)(painted.value.bytes);
  const moderateMs = performance.now() - storeStartedAt;
  await stages.settled();
  if (lost.signal.aborted) return 'gone';
  if (verdict.moderation === 'refused')
    return failRun(claim, 'refused', 'the result was refused by the local check');
  const prepared = await preparing;
  const kept = prepared.ok
    ? await keepPatiently(() => keepResult(claim, prepared.value, verdict, startedAt), run.signal)
    : prepared;
  if (!kept.ok) {
    if (kept.code === 'state.illegal') return 'gone';
    if (mayPass.includes(kept.code) && !run.isLastTry) throw new Error(`not kept: ${kept.detail}`);
    return failRun(claim, 'internal', kept.detail);
  }
  run.onTimings?.({
    read: readMs,
    ...painted.value.stagesMs,
    moderate: moderateMs,
    store: performance.now() - storeStartedAt - moderateMs,
    total: performance.now() - startedAt,
  });
  return 'completed';
}
