import { fromEverywhere } from '#components/explore/lightbox/shown-image.ts';
import { answerMore } from '#components/explore/list/answer-more.ts';
import { toExploreQuery } from '#lib/gallery/explore/explore-gallery.ts';
import { moreExplored } from '#lib/gallery/explore/more-items.ts';

/** What follows on a page of `/explore`, asked for by the page's own query, for a list that grows. */
export async function GET(request: Request): Promise<Response> {
  const query = toExploreQuery(Object.fromEntries(new URL(request.url).searchParams));
  switch (query.show) {
    case 'albums':
      return answerMore(await moreExplored(query, 'albums'), (albums) => albums);
    case 'vendors':
      return answerMore(await moreExplored(query, 'vendors'), (vendors) => vendors);
    default:
      return answerMore(await moreExplored(query, 'images'), fromEverywhere);
  }
}
