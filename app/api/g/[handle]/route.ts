import { fromOne } from '#components/explore/lightbox/shown-image.ts';
import { answerMore } from '#components/explore/list/answer-more.ts';
import { moreVendorAlbums, moreVendorImages } from '#lib/gallery/explore/more-items.ts';
import { profilePath } from '#lib/gallery/public/paths.ts';

type Context = { params: Promise<{ handle: string }> };

/** What follows on a vendor's public page, for a list that grows: the albums from `?albums=` on, or the images from `?cursor=` on. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { handle } = await params;
  const asked = new URL(request.url).searchParams;
  const albums = asked.get('albums');
  if (albums) return answerMore(await moreVendorAlbums(handle, albums), (items) => items);
  const more = await moreVendorImages(handle, asked.get('cursor'));
  return answerMore(more, (images) => fromOne(images, profilePath(handle.toLowerCase())));
}
