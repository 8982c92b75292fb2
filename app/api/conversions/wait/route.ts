import { userFromRequest } from '#lib/auth/door/current.ts';
import { conversionLimits } from '#lib/conversions/policy.ts';
import { readWait } from '#lib/conversions/queue/read-wait.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { fail } from '#lib/core/result.ts';

/** How long `?count=` conversions would take the signed-in user if they were asked for now. */
export async function GET(request: Request): Promise<Response> {
  const actor = await userFromRequest(request);
  if (!actor) return answerFailure(fail('auth.required', 'no session'));
  const asked = Number(new URL(request.url).searchParams.get('count') ?? 1);
  const count = Math.min(conversionLimits.batch, Math.max(1, Math.trunc(asked) || 1));
  return Response.json(await readWait(actor, count), { headers: { 'cache-control': 'private, no-store' } });
}
