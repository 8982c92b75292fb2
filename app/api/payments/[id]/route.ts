import { z } from 'zod';
import { accountRoute } from '#lib/auth/door/route.ts';
import { succeed } from '#lib/core/result.ts';
import { findPayment } from '#lib/payments/find-payment.ts';
import { toProgress } from '#lib/payments/view.ts';

/** How one payment of the signed-in user stands; with `?as=vendor`, of the signed-in vendor. */
export const GET = accountRoute({
  params: z.object({ id: z.uuid() }),
  limit: 'account.read',
  handler: async ({ actor, params }) => {
    const found = await findPayment(actor, params.id);
    return found.ok ? succeed(toProgress(found.value)) : found;
  },
});
