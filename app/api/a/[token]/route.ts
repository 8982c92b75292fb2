import { answerMore } from '#components/explore/list/answer-more.ts';
import { moreLinkedImages } from '#lib/sharing/album-link/queries.ts';

type Context = { params: Promise<{ token: string }> };

/** The images of a linked album after the one named `?after=`, for a grid that grows, while the link is open to this browser. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { token } = await params;
  const after = new URL(request.url).searchParams.get('after');
  return answerMore(await moreLinkedImages(token, after ?? undefined), (images) => images);
}
