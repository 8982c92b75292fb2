import { z } from 'zod';
import { userRoute } from '#lib/auth/door/route.ts';
import { findPreviews } from '#lib/conversions/preview/find-previews.ts';
import { streamPreviews } from '#lib/conversions/preview/stream-previews.ts';
import { answerEvents } from '#lib/core/answer.ts';

/** The same as server-sent events, until all previews are there. */
export const GET = userRoute({
  params: z.object({ imageId: z.uuid() }),
  limit: 'events.open',
  handler: async ({ actor, params, request }) => {
    const found = await findPreviews(actor, params.imageId, { begin: true });
    if (!found.ok) return found;
    const events = streamPreviews(actor, found.value, request.signal);
    return events.ok ? answerEvents(events.value) : events;
  },
});
