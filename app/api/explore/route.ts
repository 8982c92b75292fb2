import { answerMore } from '#components/explore/answer-more.ts';
import { fromEverywhere } from '#components/explore/shown-image.ts';
import { toExploreQuery } from '#lib/gallery/explore-gallery.ts';
import { moreExplored } from '#lib/gallery/more-items.ts';

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
