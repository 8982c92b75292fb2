import { recordEvent } from '#lib/audit/record-event.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { isUniqueViolation } from '#lib/db/sql-errors.ts';
import { type Tx, transact } from '#lib/db/transact.ts';
import { admitConversions } from '#lib/rate-limit/spending.ts';
import { type LookRequest, lookOn, looksOf, type PhotoTaps } from './input.ts';
import { checkLooks } from './photo-check/check-looks.ts';
import { conversionLimits } from './policy.ts';
import { queueInLanes } from './queue/queue-in-lanes.ts';
import { listInLine } from './queue/store.ts';
import { findRequested, noteRequestKey } from './request-key-store.ts';
import { findOwnPhoto, recordConversion } from './store.ts';

/** `requestKey`: what the browser calls this wish; sent again, it is answered with what was made of it. */
type Wanted = {
  imageIds: readonly string[];
  requestKey?: string | undefined;
  photoTaps?: PhotoTaps | undefined;
} & (LookRequest | { looks: readonly LookRequest[] });

/**
 * Charges one conversion for each photo in each look, records them and queues their jobs: all of them or none. A request whose
 * answer was lost may be sent again under its key and is charged once. Fails with `notFound` for a photo that is
 * not the actor's or a reference that visitors do not see, `quota.exceeded` when fewer are left,
 * `conversion.no…` for a photo that has nobody, or nothing, to try a look on, `conversion.tooManyWaiting` when more than ten would wait, `spending.paused` when no
 * more is spent on the hosted engine today, `account.*` when the account may not convert.
 */
export async function requestConversions(
  actor: UserActor,
  request: Wanted,
): Promise<Result<{ ids: string[] }>> {
  const { requestKey } = request;
  if (!requestKey) return checkAndRecord(actor, request);
  const made = async () => {
    const ids = await findRequested(db(), actor.userId, requestKey);
    return ids.length > 0 ? succeed({ ids }) : null;
  };
  const before = await made();
  if (before) return before;
  try {
    const recorded = await checkAndRecord(actor, request);
    // Refused, perhaps, by what the same request has just used up.
    return recorded.ok ? recorded : ((await made()) ?? recorded);
  } catch (error) {
    const twin = isUniqueViolation(error) ? await made() : null;
    if (twin) return twin;
    throw error;
  }
}

/** A photo is looked at before its transaction begins: that takes longer than a row may be locked. */
async function checkAndRecord(actor: UserActor, request: Wanted): Promise<Result<{ ids: string[] }>> {
  const possible = await checkLooks(actor, request.imageIds, looksOf(request), request.photoTaps);
  return possible.ok ? recordAll(actor, request) : possible;
}

async function recordAll(actor: UserActor, request: Wanted): Promise<Result<{ ids: string[] }>> {
  return transact(async (tx) => {
    const ids: string[] = [];
    for (const imageId of request.imageIds) {
      for (const look of looksOf(request)) {
        const recorded = await record(tx, actor, imageId, lookOn(look, imageId, request.photoTaps));
        if (!recorded.ok) return recorded;
        ids.push(recorded.value);
      }
    }
    if (request.requestKey) await noteRequestKey(tx, ids, request.requestKey);
    // The charges have locked the account: nothing else of it joins the line until we are done.
    const line = await listInLine(tx, actor.userId);
    if (line.filter(({ isPending }) => isPending).length > conversionLimits.waiting) {
      return fail('conversion.tooManyWaiting', `ten of user ${actor.userId} wait`);
    }
    await queueInLanes(tx, actor.userId, ids, line);
    // Last, because everybody waits for this row: it is held until the transaction ends, and nothing else is done.
    const admitted = await admitConversions(tx, ids);
    return admitted.ok ? succeed({ ids }) : admitted;
  });
}

async function record(
  tx: Tx,
  actor: UserActor,
  imageId: string,
  request: LookRequest,
): Promise<Result<string>> {
  const photo = await findOwnPhoto(tx, actor.userId, imageId);
  if (!photo) return fail('notFound', `photo ${imageId} is not one of user ${actor.userId}`);
  const look =
    'style' in request
      ? { style: request.style, styleImageId: null, chosen: null }
      : {
          style: 'reference' as const,
          styleImageId: request.reference,
          chosen: {
            ...(request.shades ? { shades: request.shades } : {}),
            ...(request.taps?.length ? { taps: request.taps } : {}),
          },
        };
  const id = await recordConversion(tx, {
    userId: actor.userId,
    inputUrl: photo.url,
    sourceImageId: photo.id,
    ...look,
  });
  await recordEvent(tx, actor, 'conversion.request', {
    resource: 'conversion',
    resourceId: id,
    metadata: { style: look.style },
  });
  return succeed(id);
}

/** One photo: see `requestConversions`, of which this is the shortest. */
export async function requestConversion(
  actor: UserActor,
  request: { imageId: string } & LookRequest,
): Promise<Result<{ id: string }>> {
  const { imageId, ...look } = request;
  const made = await requestConversions(actor, { imageIds: [imageId], ...look });
  if (!made.ok) return made;
  const [id = ''] = made.value.ids;
  return succeed({ id });
}
