import { z } from 'zod';
import { placeRoles } from '#lib/admin/policy.ts';
import { adminRoute } from '#lib/auth/door/route.ts';
import { notKept } from '#lib/core/answer.ts';
import { readModerated } from '#lib/files/review/decide-moderation.ts';

/** The picture of a case that waits for an administrator's word. Kept nowhere on the way. */
export const GET = adminRoute({
  params: z.object({ id: z.uuid() }),
  roles: placeRoles.moderation,
  limit: 'admin.act',
  handler: async ({ params }) => {
    const picture = await readModerated(params.id);
    if (!picture.ok) return picture;
    return new Response(new Uint8Array(picture.value), {
      headers: { 'content-type': 'image/jpeg', 'cache-control': notKept },
    });
  },
});
