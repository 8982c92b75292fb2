import { userFromRequest, vendorFromRequest } from '#lib/auth/door/current.ts';
import { answerFailure } from '#lib/core/answer.ts';
import { fail } from '#lib/core/result.ts';
import { findPayment } from '#lib/payments/find-payment.ts';
import { toProgress } from '#lib/payments/view.ts';

type Context = { params: Promise<{ id: string }> };

/** How one payment of the signed-in user stands; with `?as=vendor`, of the signed-in vendor. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const asVendor = new URL(request.url).searchParams.get('as') === 'vendor';
  const actor = asVendor ? await vendorFromRequest(request) : await userFromRequest(request);
  if (!actor) return answerFailure(fail('auth.required', 'no session'));
  const found = await findPayment(actor, (await params).id);
  if (!found.ok) return answerFailure(found);
  return Response.json(toProgress(found.value), { headers: { 'cache-control': 'private, no-store' } });
}
