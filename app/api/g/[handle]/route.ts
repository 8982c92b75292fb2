import { z } from 'zod';
import { fromOne } from '#components/explore/lightbox/shown-image.ts';
import { answerMore } from '#components/explore/list/answer-more.ts';
import { publicRoute } from '#lib/auth/door/route.ts';
import { cursorText } from '#lib/core/cursor.ts';
import { moreVendorAlbums, moreVendorImages } from '#lib/gallery/explore/more-items.ts';
import { lookKindInput } from '#lib/gallery/look/input.ts';
import { profilePath } from '#lib/gallery/public/paths.ts';
import { handleText } from '#lib/gallery/public/read-gallery.ts';

/** What follows on a vendor's public page, for a list that grows: the albums from `?albums=` on, or the images from `?cursor=` on. */
export const GET = publicRoute({
  params: z.object({ handle: handleText }),
  query: z.object({
    albums: cursorText.optional(),
    cursor: cursorText.optional(),
    look: lookKindInput.nullable().default(null),
  }),
  limit: 'public.read',
  handler: async ({ params: { handle }, query: { albums, cursor, look } }) => {
    if (albums) return answerMore(await moreVendorAlbums(handle, albums), (items) => items);
    const more = await moreVendorImages(handle, cursor ?? null, look);
    return answerMore(more, (images) => fromOne(images, profilePath(handle)));
  },
});
