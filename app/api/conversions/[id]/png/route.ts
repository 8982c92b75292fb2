import { userFromRequest } from '#lib/auth/door/current.ts';
import { makePng } from '#lib/conversions/history/make-png.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { fail } from '#lib/core/result.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';

type Context = { params: Promise<{ id: string }> };

/** One's own result as PNG, to be saved. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await userFromRequest(request);
  if (!actor) return answerFailure(fail('auth.required', 'no session'));
  const room = await checkLimit('conversion.download', { account: `user|${actor.userId}` });
  if (!room.ok) return answerFailure(room);
  const made = await makePng(actor, (await params).id);
  if (!made.ok) return answerFailure(made);
  const { bytes, conversion } = made.value;
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'content-disposition': `attachment; filename="${conversion.style}.png"`,
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  });
}
