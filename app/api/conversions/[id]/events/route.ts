import { userFromRequest } from '#lib/auth/door/current.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { streamProgress } from '#lib/conversions/stream-progress.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { fail } from '#lib/core/result.ts';

type Context = { params: Promise<{ id: string }> };

/** The progress of one conversion as server-sent events, until it is final. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await userFromRequest(request);
  if (!actor) return answerFailure(fail('auth.required', 'no session'));
  const { id } = await params;
  const found = await findConversion(actor, id);
  if (!found.ok) return answerFailure(found);
  return new Response(streamProgress(actor, found.value, request.signal), {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'private, no-store, no-transform',
      // A buffering reverse proxy would hold the events back.
      'x-accel-buffering': 'no',
    },
  });
}
