import { recordRefusal } from '#lib/audit/record-refusal.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { serveSent } from './serve-sent.ts';
import { findOwnSentFile } from './store.ts';

/** Answers a vendor with the file of one of its images as it was sent. Fails with `notFound` where none is kept. */
export async function serveOwnSent(
  request: Request,
  actor: VendorActor,
  imageId: string,
): Promise<Result<Response>> {
  const sent = await findOwnSentFile(actor.vendorId, imageId);
  if (sent) return succeed(await serveSent(request, sent));
  await recordRefusal(actor, imageId, 'file.read');
  return fail('notFound', `vendor ${actor.vendorId} has no sent file of image ${imageId}`);
}
