import { z } from 'zod';
import { userRoute } from '#lib/auth/door/route.ts';
import { checkPhoto } from '#lib/conversions/photo-check/check-photo.ts';

/** What is to be said about the signed-in user's photo before it is converted. Free. */
export const GET = userRoute({
  params: z.object({ imageId: z.uuid() }),
  limit: 'photo.check',
  handler: ({ actor, params }) => checkPhoto(actor, params.imageId),
});
