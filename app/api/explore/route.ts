import { answerMore } from '#components/explore/answer-more.ts';
import { fromEverywhere } from '#components/explore/shown-image.ts';
import { moreExploredImages } from '#lib/gallery/more-images.ts';

/** The images of a page of `/explore`, asked for by the page's own query, for a grid that grows. */
export async function GET(request: Request): Promise<Response> {
  return answerMore(await moreExploredImages(new URL(request.url)), fromEverywhere);
}
