import { vendorFromRequest } from '#lib/auth/door/current.ts';
import { withSmallBody } from '#lib/core/http/small-body.ts';
import { noteVisit, visitInput } from '#lib/gallery/visit/note-visit.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { addressBudgetKey, clientAddress } from '#lib/rate-limit/client-address.ts';

const mostBytes = 4096;

/**
 * What a page of a gallery says was looked at, as a browser leaves it behind (`sendBeacon`). Whether it was
 * counted is nobody's business: the answer is always the same.
 */
export async function POST(request: Request): Promise<Response> {
  await note(request);
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}

async function note(request: Request): Promise<void> {
  const address = clientAddress(request.headers);
  const room = await checkLimit('visit.note', { address: addressBudgetKey(address) });
  if (!room.ok) return;
  const small = await withSmallBody(request, mostBytes);
  const sent: unknown = await small?.json().catch(() => null);
  const parsed = visitInput.safeParse(sent);
  if (!parsed.success) return;
  const vendor = await vendorFromRequest(request);
  const userAgent = request.headers.get('user-agent');
  await noteVisit(parsed.data, { address, userAgent, vendorId: vendor?.vendorId ?? null });
}
