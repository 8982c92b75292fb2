import { answerMore } from '#components/explore/answer-more.ts';
import { fromOne } from '#components/explore/shown-image.ts';
import { moreVendorImages } from '#lib/gallery/more-images.ts';
import { profilePath } from '#lib/gallery/public-paths.ts';

type Context = { params: Promise<{ handle: string }> };

/** The images of a vendor's public page from `?cursor=` on, for a grid that grows. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { handle } = await params;
  const more = await moreVendorImages(handle, new URL(request.url).searchParams.get('cursor'));
  return answerMore(more, (images) => fromOne(images, profilePath(handle.toLowerCase())));
}
