import { userRoute } from '#lib/auth/door/route.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { conversionIdInput } from '#lib/conversions/input.ts';
import { streamProgress } from '#lib/conversions/stream-progress.ts';
import { answerEvents } from '#lib/core/answer.ts';

/** The progress of one conversion as server-sent events, until it is final. */
export const GET = userRoute({
  params: conversionIdInput,
  limit: 'events.open',
  handler: async ({ actor, params, request }) => {
    const found = await findConversion(actor, params.id);
    if (!found.ok) return found;
    const events = streamProgress(actor, found.value, request.signal);
    return events.ok ? answerEvents(events.value) : events;
  },
});
