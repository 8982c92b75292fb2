import { z } from 'zod';
import { vendorRoute } from '#lib/auth/door/route.ts';
import { serveOwnSent } from '#lib/files/sent/serve-own-sent.ts';

/** The file of one of the signed-in vendor's images as it was sent. */
export const GET = vendorRoute({
  params: z.object({ imageId: z.uuid() }),
  limit: 'file.read',
  handler: ({ request, actor, params }) => serveOwnSent(request, actor, params.imageId),
});
