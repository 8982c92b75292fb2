import { z } from 'zod';
import { answerMore } from '#components/explore/list/answer-more.ts';
import { publicRoute } from '#lib/auth/door/route.ts';
import { moreLinkedImages } from '#lib/sharing/album-link/queries.ts';
import { linkToken } from '#lib/sharing/link-token.ts';

/** The images of a linked album after the one named `?after=`, for a grid that grows, while the link is open to this browser. */
export const GET = publicRoute({
  params: z.object({ token: linkToken }),
  query: z.object({ after: z.guid().optional(), only: z.literal('1').optional() }),
  limit: 'public.read',
  handler: async ({ params, query }) =>
    answerMore(await moreLinkedImages(params.token, query.after, query.only === '1'), (images) => images),
});
