import { z } from 'zod';
import { vendorRoute } from '#lib/auth/door/route.ts';
import { exportPicks } from '#lib/sharing/pick/export-picks.ts';

/** What was chosen behind one of the signed-in vendor's links, as CSV. */
export const GET = vendorRoute({
  params: z.object({ linkId: z.uuid() }),
  limit: 'account.read',
  handler: ({ actor, params }) => exportPicks(actor, params.linkId),
});
