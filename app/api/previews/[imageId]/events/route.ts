import { passUser } from '#lib/auth/door/route-door.ts';
import { findPreviews } from '#lib/conversions/preview/find-previews.ts';
import { streamPreviews } from '#lib/conversions/preview/stream-previews.ts';
import { answerFailure } from '#lib/core/answer.ts';

type Context = { params: Promise<{ imageId: string }> };

/** The same as server-sent events, until all previews are there. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const passed = await passUser(request, 'preview.read');
  if (!passed.ok) return answerFailure(passed);
  const found = await findPreviews(passed.value, (await params).imageId, { begin: true });
  if (!found.ok) return answerFailure(found);
  return new Response(streamPreviews(passed.value, found.value, request.signal), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store, no-transform',
      // A buffering reverse proxy would hold the events back.
      'x-accel-buffering': 'no',
    },
  });
}
