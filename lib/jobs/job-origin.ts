import { z } from 'zod';
import { currentTraceparent, readTraceparent } from '#lib/core/trace/tracing.ts';
import { currentWork } from '#lib/core/trace/work-context.ts';

/** Where a job comes from, carried in its data beside its payload: names only, for the log and for traces. */

const originSchema = z.object({
  requestId: z.string().regex(/^[\w.-]{8,64}$/),
  traceparent: z.string().max(60).optional(),
});

/** What is added to the data of a job that is made now; nothing outside of requests. */
export function originOfNow(): { origin?: z.output<typeof originSchema> } {
  const requestId = currentWork()?.requestId;
  if (!requestId) return {};
  const traceparent = currentTraceparent();
  return { origin: { requestId, ...(traceparent ? { traceparent } : {}) } };
}

/** Where a job comes from; a job that says nothing of it is its own beginning. */
export function originOf(data: unknown, jobId: string) {
  const parsed = z.object({ origin: originSchema }).safeParse(data);
  const origin = parsed.success ? parsed.data.origin : null;
  return { requestId: origin?.requestId ?? `job-${jobId}`, parent: readTraceparent(origin?.traceparent) };
}
