import { z } from 'zod';
import { userRoute } from '#lib/auth/door/route.ts';
import { findPreviews } from '#lib/conversions/preview/find-previews.ts';

/** The previews of the signed-in user's photo that are there; the others are begun. */
export const GET = userRoute({
  params: z.object({ imageId: z.uuid() }),
  limit: 'preview.read',
  handler: ({ actor, params }) => findPreviews(actor, params.imageId, { begin: true }),
});
