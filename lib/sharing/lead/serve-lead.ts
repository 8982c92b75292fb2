import { recordRefusal } from '#lib/audit/record-refusal.ts';
import type { VendorActor } from '#lib/core/actor.ts';
import { notKept } from '#lib/core/answer.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { findReceivedFile } from './store.ts';

/**
 * Answers a shop with a result that was sent to it, in one of the sizes of pages, while it is there: the next request after it
 * was taken back is not found, and nothing may keep a copy.
 */
export async function serveLead(
  request: Request,
  actor: VendorActor,
  { id, variant }: { readonly id: string; readonly variant: string },
): Promise<Result<Response>> {
  const found = await findReceivedFile(actor.vendorId, id);
  if (!found) {
    await recordRefusal(actor, id, 'lead.read');
    return fail('notFound', `vendor ${actor.vendorId} has no lead ${id}`);
  }
  const url = new URL(request.url);
  // It is shown, not given away.
  url.searchParams.delete('download');
  const asked = new Request(url, { method: request.method, headers: request.headers });
  // The lead speaks for the owner, for this one picture.
  const owner = { kind: 'user' as const, userId: found.userId, sessionId: '' };
  const answer = await serveFile(asked, found.fileId, variant, {
    store: fileStore(),
    userOf: async () => owner,
    vendorOf: async () => null,
  });
  answer.headers.set('cache-control', notKept);
  return succeed(answer);
}
