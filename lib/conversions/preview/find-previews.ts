import { z } from 'zod';
import { recordRefusal } from '#lib/audit/record-refusal.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { enqueueOnce } from '#lib/jobs/enqueue.ts';
import { isStyleName } from '#lib/styles/catalogue.ts';
import * as store from './store.ts';
import { type PreviewProgress, toPreviewProgress } from './view.ts';

const id = z.uuid();
/** Who asks again and again while previews are being painted queues them once. */
const askAgainSeconds = 60;

/**
 * The previews of the actor's photo that are there; the others are begun when `begin` is said. Fails with
 * `notFound` for everybody else's photo.
 */
export async function findPreviews(
  actor: UserActor,
  imageId: string,
  { begin }: { begin: boolean },
): Promise<Result<PreviewProgress>> {
  const ready = id.safeParse(imageId).success ? await store.findPreviews(actor.userId, imageId) : null;
  if (!ready) {
    await recordRefusal(actor, imageId, 'preview.read');
    return fail('notFound', `photo ${imageId.slice(0, 40)} is not one of user ${actor.userId}`);
  }
  const progress = toPreviewProgress(imageId, ready, store.previewEdition);
  if (begin && !progress.done) {
    await enqueueOnce(
      'preview.render',
      { imageId },
      { key: imageId, seconds: askAgainSeconds, newestFirst: true },
    );
  }
  return succeed(progress);
}

/** One preview of the actor's photo: the bytes of a WebP. */
export async function readPreview(
  actor: UserActor,
  imageId: string,
  style: string,
): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const known = id.safeParse(imageId).success && isStyleName(style);
  const bytes = known ? await store.readPreview(actor.userId, imageId, style) : null;
  if (bytes) return succeed(bytes);
  await recordRefusal(actor, imageId, 'preview.read');
  return fail('notFound', `no preview of ${imageId.slice(0, 40)} yet, or not theirs`);
}
