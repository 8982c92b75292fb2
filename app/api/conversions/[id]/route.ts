import { userRoute } from '#lib/auth/door/route.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { conversionIdInput } from '#lib/conversions/input.ts';
import { toProgress } from '#lib/conversions/view.ts';
import { succeed } from '#lib/core/result.ts';

/** How one conversion of the signed-in user stands. */
export const GET = userRoute({
  params: conversionIdInput,
  limit: 'account.read',
  handler: async ({ actor, params }) => {
    const found = await findConversion(actor, params.id);
    return found.ok ? succeed(toProgress(found.value)) : found;
  },
});
