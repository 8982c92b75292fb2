import type { ImageView } from '#lib/files/image/view.ts';
import type { LookCredit } from '#lib/gallery/look/kinds.ts';
import type { LookName } from '#lib/styles/catalogue.ts';
import type { ConversionRow, ConversionStage, ConversionStatus, FailureCode } from './store.ts';

/** A conversion as its owner may see it. Dates are ISO 8601 in UTC. */
export type ConversionView = {
  id: string;
  status: ConversionStatus;
  stage: ConversionStage | null;
  /** 1 is next; null when it no longer waits. */
  queuePosition: number | null;
  /** An attempt broke and another has begun: what is seen of its stages begins again. */
  isAnew: boolean;
  style: LookName;
  /** Of a look from a gallery what was tried on, and whose it is; null for a preset. */
  credit: LookCredit | null;
  /** The share of the look that was laid over the photo; null for the whole. */
  strength: number | null;
  failureCode: FailureCode | null;
  chargeReturned: boolean;
  /** What was charged, and when it came back if it did. */
  charge: { pool: 'free' | 'paid'; returnedAt: string | null };
  title: string | null;
  isFavourite: boolean;
  createdAt: string;
  completedAt: string | null;
  source: ImageView | null;
  result: ImageView | null;
  /** Whether somebody still has to look at the result before others may see it; or has refused it. */
  moderation: 'accepted' | 'waiting' | 'refused' | null;
};

/** The contract's JSON of `/api/conversions/[id]` and of its events. */
export type ConversionProgress = Pick<
  ConversionView,
  'id' | 'status' | 'stage' | 'queuePosition' | 'isAnew' | 'failureCode' | 'chargeReturned'
> & { resultUrl: string | null };

export function toConversionView(row: ConversionRow, images: ReadonlyMap<string, ImageView>): ConversionView {
  return {
    id: row.id,
    status: row.status,
    stage: row.stage,
    queuePosition: row.queuePosition,
    isAnew: row.isAnew,
    style: row.styleName,
    credit: row.credit,
    strength: row.strength,
    failureCode: row.failureCode,
    chargeReturned: row.chargeReturnedAt !== null,
    charge: { pool: row.pool, returnedAt: row.chargeReturnedAt?.toISOString() ?? null },
    title: row.title,
    isFavourite: row.isFavourite,
    createdAt: row.createdAt.toISOString(),
    completedAt: row.completedAt?.toISOString() ?? null,
    source: images.get(row.sourceImageId ?? '') ?? null,
    result: row.moderation === 'refused' ? null : (images.get(row.resultImageId ?? '') ?? null),
    moderation: row.moderation,
  };
}

export function toProgress(view: ConversionView): ConversionProgress {
  const { id, status, stage, queuePosition, isAnew, failureCode, chargeReturned } = view;
  return {
    id,
    status,
    stage,
    queuePosition,
    isAnew,
    failureCode,
    chargeReturned,
    resultUrl: view.result?.url ?? null,
  };
}

/** Whether nothing more will happen to it. */
export function isFinal(view: { status: ConversionStatus }): boolean {
  return view.status === 'completed' || view.status === 'failed';
}
