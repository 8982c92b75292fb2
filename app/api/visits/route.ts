import { vendorFromRequest } from '#lib/auth/door/current.ts';
import { publicRoute } from '#lib/auth/door/route.ts';
import { withSmallBody } from '#lib/core/http/read-body.ts';
import { noteVisit, visitInput } from '#lib/gallery/visit/note-visit.ts';

const mostBytes = 4096;
const nothing = () => new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });

/**
 * What a page of a gallery says was looked at, as a browser leaves it behind (`sendBeacon`). Whether it was
 * counted is nobody's business: the answer is always the same.
 */
export const POST = publicRoute({
  limit: 'visit.note',
  handler: async ({ request, device }) => {
    const small = await withSmallBody(request, mostBytes);
    const sent: unknown = await small?.json().catch(() => null);
    const parsed = visitInput.safeParse(sent);
    if (!parsed.success) return nothing();
    const vendor = await vendorFromRequest(request);
    await noteVisit(parsed.data, { ...device, vendorId: vendor?.vendorId ?? null });
    return nothing();
  },
  refused: nothing,
});
