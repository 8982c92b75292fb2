import { userFromRequest } from '#lib/auth/door/current.ts';
import { listConversions } from '#lib/conversions/history/list-conversions.ts';
import { historyQuery } from '#lib/conversions/input.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { fail } from '#lib/core/result.ts';

/** A page of the signed-in user's history: `?show=` or `?style=`, and `?cursor=` where it begins. */
export async function GET(request: Request): Promise<Response> {
  const actor = await userFromRequest(request);
  if (!actor) return answerFailure(fail('auth.required', 'no session'));
  const asked = historyQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  return Response.json(await listConversions(actor, asked), {
    headers: { 'cache-control': 'private, no-store' },
  });
}
