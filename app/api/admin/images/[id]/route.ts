import { z } from 'zod';
import { readGalleryImage } from '#lib/admin/gallery/read-gallery-image.ts';
import { placeRoles } from '#lib/admin/policy.ts';
import { adminRoute } from '#lib/auth/door/route.ts';
import { variantTypes } from '#lib/files/policy.ts';

/** A picture of a vendor's gallery, public or not. Kept nowhere on the way. */
export const GET = adminRoute({
  params: z.object({ id: z.uuid() }),
  roles: placeRoles.gallery,
  limit: 'admin.look',
  handler: async ({ params }) => {
    const picture = await readGalleryImage(params.id);
    if (!picture.ok) return picture;
    return new Response(new Uint8Array(picture.value), {
      headers: { 'content-type': variantTypes.w640, 'cache-control': 'private, no-store' },
    });
  },
});
