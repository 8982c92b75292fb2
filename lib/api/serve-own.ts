import type { AccountActor } from '#lib/core/actor.ts';
import { notKept } from '#lib/core/answer.ts';
import { fail, type Result } from '#lib/core/result.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import type { VariantName } from '#lib/files/policy.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';

/** The bytes of an image of the actor's, in one of its sizes; parts of it where a range is asked for. Kept by no cache. */
export async function serveOwn(
  request: Request,
  actor: AccountActor,
  { id, url }: ImageView,
  size: VariantName,
): Promise<Response | Result<null>> {
  const fileId = /^\/api\/files\/([0-9a-f]{32})\//.exec(url)?.[1] ?? '';
  const served = await serveFile(request, fileId, size, {
    store: fileStore(),
    userOf: async () => (actor.kind === 'user' ? actor : null),
    vendorOf: async () => (actor.kind === 'vendor' ? actor : null),
  });
  if (served.status === 404) return fail('notFound', `no bytes of image ${id}`);
  served.headers.set('cache-control', notKept);
  return served;
}
