import { z } from 'zod';
import { fromEverywhere } from '#components/explore/lightbox/shown-image.ts';
import { answerMore } from '#components/explore/list/answer-more.ts';
import { publicRoute } from '#lib/auth/door/route.ts';
import { toExploreQuery } from '#lib/gallery/explore/explore-gallery.ts';
import { moreExplored } from '#lib/gallery/explore/more-items.ts';

/** What follows on a page of `/explore`, asked for by the page's own query, for a list that grows. */
export const GET = publicRoute({
  query: z.record(z.string(), z.string()).transform(toExploreQuery),
  limit: 'public.read',
  handler: async ({ query }) => {
    switch (query.show) {
      case 'albums':
        return answerMore(await moreExplored(query, 'albums'), (albums) => albums);
      case 'vendors':
        return answerMore(await moreExplored(query, 'vendors'), (vendors) => vendors);
      default:
        return answerMore(await moreExplored(query, 'images'), fromEverywhere);
    }
  },
});
