import { userFromRequest } from '#lib/auth/door/current.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { toProgress } from '#lib/conversions/view.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { fail } from '#lib/core/result.ts';

type Context = { params: Promise<{ id: string }> };

/** How one conversion of the signed-in user stands. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const actor = await userFromRequest(request);
  if (!actor) return answerFailure(fail('auth.required', 'no session'));
  const found = await findConversion(actor, (await params).id);
  if (!found.ok) return answerFailure(found);
  return Response.json(toProgress(found.value), { headers: { 'cache-control': 'private, no-store' } });
}
