import type { SpendingSettings } from '#lib/core/env/spending-env.ts';
import { announce } from '#lib/db/changes/announce.ts';
import { db } from '#lib/db/client.ts';
import { decide } from '#lib/db/decide.ts';
import type { Commit, Tx } from '#lib/db/transact.ts';
import type { LookCredit, LookKind, LookOrder } from '#lib/gallery/look/kinds.ts';
import { originOfNow } from '#lib/jobs/job-origin.ts';
import type { LookName } from '#lib/styles/catalogue.ts';
import { conversionLimits } from './policy.ts';

export type ConversionStatus = 'pending' | 'processing' | 'completed' | 'failed';
export type ConversionStage = 'decode' | 'analyse' | 'paint' | 'encode' | 'store';
export type FailureCode = 'cancelled' | 'deadline' | 'engine' | 'refused' | 'input' | 'internal';

export type ConversionRow = {
  id: string;
  status: ConversionStatus;
  stage: ConversionStage | null;
  styleName: LookName;
  /** Of a reference: what trying it on did, and whose it is; null for a preset. */
  credit: LookCredit | null;
  /** The share of the look that is laid over the photo; null for the whole. */
  strength: number | null;
  failureCode: FailureCode | null;
  title: string | null;
  isFavourite: boolean;
  /** What was charged: a free conversion, or one of a plan's period. */
  pool: 'free' | 'paid';
  createdAt: Date;
  completedAt: Date | null;
  chargeReturnedAt: Date | null;
  sourceImageId: string | null;
  resultImageId: string | null;
  /** Of the result's picture; null while there is none. */
  moderation: 'accepted' | 'waiting' | 'refused' | null;
  queuePosition: number | null;
  /** An attempt broke, and another has begun or will. */
  isAnew: boolean;
};

/** One conversion that is asked for; its id is made here, so that it is known when an answer is lost. */
export type NewConversion = {
  readonly id: string;
  readonly imageId: string;
  readonly style: LookName;
  readonly styleImageId: string | null;
  /** What the person chose of the look; of a reference its kind and the rest are the image's at this moment. */
  readonly chosen: Pick<LookOrder, 'shades' | 'taps' | 'strength'> | null;
};

/**
 * Charges, records and queues all of these or none, in one statement that is a transaction of its own; the SQL function
 * refuses by SQLSTATE. Answers with the ids, of what was made for the same key before if that is so.
 */
export async function requestAll(
  commit: Commit,
  request: {
    readonly userId: string;
    readonly conversions: readonly NewConversion[];
    readonly requestKey: string | null;
    /** What one conversion costs us today; null where nothing does. */
    readonly price: SpendingSettings | null;
  },
): Promise<string[]> {
  const { userId, conversions, requestKey, price } = request;
  const [row] = await commit<{ ids: string[] }>(
    'request-conversions',
    'SELECT request_conversions($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) AS ids',
    [
      userId,
      conversions.map(({ id }) => id),
      conversions.map(({ imageId }) => imageId),
      conversions.map(({ style }) => style),
      conversions.map(({ styleImageId }) => styleImageId),
      conversions.map(({ chosen }) => chosen && JSON.stringify(chosen)),
      requestKey,
      conversionLimits.waiting,
      JSON.stringify(originOfNow()),
      price?.priceRials ?? null,
      price?.limitRials ?? null,
      price?.paidLimitRials ?? null,
    ],
  );
  announce('job_queued', 'conversion.run');
  return row?.ids ?? [];
}

/** The conversions of an account that were asked for under this key, in the order they were asked in; none when it is new. */
export async function findRequested(userId: string, key: string): Promise<string[]> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    SELECT id FROM user_conversions
    WHERE user_id = ${userId}::uuid AND request_key = ${key}::uuid
    ORDER BY request_place`;
  return rows.map(({ id }) => id);
}

/** A failed conversion once more, at nobody's expense; the SQL function refuses by SQLSTATE. */
export async function recordRerun(tx: Tx, conversionId: string): Promise<{ id: string; userId: string }> {
  const [{ id }] = await tx.$queryRaw<[{ id: string }]>`
    SELECT rerun_conversion(${conversionId}::uuid)::text AS id`;
  return tx.userConversion.findUniqueOrThrow({ where: { id }, select: { id: true, userId: true } });
}

/** The claim of one attempt: every later write of the worker names it and is void once another claims. */
export type Attempt = { conversionId: string; attempt: number };

/** What a claimed conversion is to be made of. */
export type ConversionOrder = {
  userId: string;
  style: string;
  sourceImageId: string | null;
  styleImageId: string | null;
  /** Of a reference: what trying it on does, as it was when it was charged. */
  lookKind: LookKind | null;
  /** Of a preset no more than its strength. */
  look: Omit<LookOrder, 'kind'> | null;
  /** Who was asked for it last, in this attempt or an earlier one. */
  askedEngine: string | null;
};

/** Claims it for one attempt with this engine; null when it has ended. Of several none is noted before it is asked (`noteEngine`). */
export async function claimConversion(
  conversionId: string,
  engine: string | null,
): Promise<(Attempt & ConversionOrder) | null> {
  const claim = (tx: Tx) => tx.$queryRaw<({ attempt: number } & ConversionOrder)[]>`
    UPDATE user_conversions
    SET status = 'processing', attempts = attempts + 1, stage = NULL, engine = coalesce(${engine}::text, engine)
    WHERE id = ${conversionId}::uuid AND status IN ('pending', 'processing')
    RETURNING attempts AS attempt, user_id AS "userId", style_name AS style,
      source_image_id AS "sourceImageId", style_image_id AS "styleImageId",
      look_kind AS "lookKind", look, engine AS "askedEngine"`;
  const [row] = await decide(claim);
  return row ? { conversionId, ...row } : null;
}

/** Notes how far an attempt has come. False when the attempt no longer holds the conversion. */
export async function noteStage(claim: Attempt, stage: ConversionStage): Promise<boolean> {
  const changed = await db().$executeRaw`
    UPDATE user_conversions SET stage = ${stage}
    WHERE id = ${claim.conversionId}::uuid AND attempts = ${claim.attempt} AND status = 'processing'`;
  if (changed === 1) announce('conversion_changed', claim.conversionId);
  return changed === 1;
}

/** Notes whom an attempt is about to ask. False when the attempt no longer holds the conversion. */
export async function noteEngine(claim: Attempt, engine: string): Promise<boolean> {
  const changed = await db().$executeRaw`
    UPDATE user_conversions SET engine = ${engine}
    WHERE id = ${claim.conversionId}::uuid AND attempts = ${claim.attempt} AND status = 'processing'`;
  return changed === 1;
}

export async function completeConversion(
  tx: Tx,
  claim: Attempt,
  result: { imageId: string; url: string; bytes: number; processingTimeMs: number },
): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE user_conversions
    SET status = 'completed', stage = NULL, completed_at = clock_timestamp(), result_image_id = ${result.imageId}::uuid,
        output_file_url = ${result.url}, file_size_bytes = ${result.bytes}, processing_time_ms = ${result.processingTimeMs}
    WHERE id = ${claim.conversionId}::uuid AND attempts = ${claim.attempt} AND status = 'processing'`;
  return changed === 1;
}

/** Takes the locks of the account and its period first, in the order that everybody keeps. */
async function lockCharge(tx: Tx, conversionId: string): Promise<void> {
  await tx.$executeRaw`SELECT lock_conversion_charge(${conversionId}::uuid)`;
}

/** Fails what an attempt holds; the database returns the charge in the same transaction. */
export async function failClaimed(
  tx: Tx,
  claim: Attempt,
  code: FailureCode,
  message: string,
): Promise<boolean> {
  await lockCharge(tx, claim.conversionId);
  const changed = await tx.$executeRaw`
    UPDATE user_conversions SET status = 'failed', stage = NULL, failure_code = ${code}, error_message = ${message}
    WHERE id = ${claim.conversionId}::uuid AND attempts = ${claim.attempt} AND status = 'processing'`;
  return changed === 1;
}

/** Fails a conversion that no worker will take again. */
export async function failAbandoned(tx: Tx, conversionId: string, message: string): Promise<boolean> {
  await lockCharge(tx, conversionId);
  const changed = await tx.$executeRaw`
    UPDATE user_conversions SET status = 'failed', stage = NULL, failure_code = 'internal', error_message = ${message}
    WHERE id = ${conversionId}::uuid AND status IN ('pending', 'processing')`;
  return changed === 1;
}

/** Cancels the owner's conversion while it waits. */
export async function cancelPending(tx: Tx, userId: string, conversionId: string): Promise<boolean> {
  await lockCharge(tx, conversionId);
  const changed = await tx.$executeRaw`
    UPDATE user_conversions SET status = 'failed', failure_code = 'cancelled', error_message = 'cancelled by its owner'
    WHERE id = ${conversionId}::uuid AND user_id = ${userId}::uuid AND status = 'pending' AND deleted_at IS NULL`;
  return changed === 1;
}

/** Returns the charges of conversions that are past their deadline; answers how many. */
export async function returnLateCharges(): Promise<number> {
  const rows = await db().$queryRaw<unknown[]>`SELECT return_overdue_charges() AS id`;
  return rows.length;
}
