import { z } from 'zod';
import { fromOne } from '#components/explore/lightbox/shown-image.ts';
import { answerMore } from '#components/explore/list/answer-more.ts';
import { publicRoute } from '#lib/auth/door/route.ts';
import { cursorText } from '#lib/core/cursor.ts';
import { moreAlbumImages } from '#lib/gallery/explore/more-items.ts';
import { lookKindInput } from '#lib/gallery/look/input.ts';
import { albumPath } from '#lib/gallery/public/paths.ts';
import { handleText } from '#lib/gallery/public/read-gallery.ts';

/** The images of a public album from `?cursor=` on, for a grid that grows. */
export const GET = publicRoute({
  params: z.object({ handle: handleText, albumId: z.guid() }),
  query: z.object({ cursor: cursorText.optional(), look: lookKindInput.nullable().default(null) }),
  limit: 'public.read',
  handler: async ({ params: { handle, albumId }, query }) =>
    answerMore(await moreAlbumImages(handle, albumId, query.cursor ?? null, query.look), (images) =>
      fromOne(images, albumPath(handle, albumId)),
    ),
});
