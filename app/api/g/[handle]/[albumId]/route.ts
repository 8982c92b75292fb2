import { fromOne } from '#components/explore/lightbox/shown-image.ts';
import { answerMore } from '#components/explore/list/answer-more.ts';
import { moreAlbumImages } from '#lib/gallery/explore/more-items.ts';
import { albumPath } from '#lib/gallery/public/paths.ts';

type Context = { params: Promise<{ handle: string; albumId: string }> };

/** The images of a public album from `?cursor=` on, for a grid that grows. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { handle, albumId } = await params;
  const more = await moreAlbumImages(handle, albumId, new URL(request.url).searchParams.get('cursor'));
  return answerMore(more, (images) => fromOne(images, albumPath(handle.toLowerCase(), albumId)));
}
