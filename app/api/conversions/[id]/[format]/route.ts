import { z } from 'zod';
import { userRoute } from '#lib/auth/door/route.ts';
import { resultFormats, serveResult } from '#lib/conversions/history/serve-result.ts';
import { conversionIdInput } from '#lib/conversions/input.ts';

/** One's own result as a file: `jpeg`, the kept picture itself, or `png`; `download` names it to be saved. */
export const GET = userRoute({
  params: conversionIdInput.extend({ format: z.enum(resultFormats) }),
  query: z.object({ download: z.string().optional() }),
  limit: 'conversion.download',
  handler: ({ actor, params: { id, format }, query, request }) =>
    serveResult(request, actor, id, { format, name: query.download }),
});
