import { z } from 'zod';
import { userRoute } from '#lib/auth/door/route.ts';
import { readPreview } from '#lib/conversions/preview/find-previews.ts';
import { isStyleName } from '#lib/styles/catalogue.ts';

/** One preview of the signed-in user's photo, as soon as it is there. */
export const GET = userRoute({
  params: z.object({ imageId: z.uuid(), style: z.string().refine(isStyleName) }),
  limit: 'preview.read',
  handler: async ({ actor, params }) => {
    const found = await readPreview(actor, params.imageId, params.style);
    if (!found.ok) return found;
    return new Response(found.value, {
      headers: {
        'content-type': 'image/webp',
        'content-length': String(found.value.length),
        // The address carries the recipes' edition; only this browser keeps it, and not for long.
        'cache-control': 'private, max-age=600',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cross-origin-resource-policy': 'same-origin',
      },
    });
  },
});
