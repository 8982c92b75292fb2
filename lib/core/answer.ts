import { errorStatus } from './errors.ts';
import { type Failure, toPublic } from './result.ts';

/** The `cache-control` of what belongs to somebody: no cache keeps it. */
export const notKept = 'private, no-store';

/** A failure as a route handler answers it: its code as JSON under the code's HTTP status, never its detail. */
export function answerFailure(failure: Failure): Response {
  const { retryAfterSeconds } = failure;
  return Response.json(toPublic(failure), {
    status: errorStatus[failure.code],
    headers: {
      'cache-control': 'no-store',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
  });
}

/** A stream of server-sent events (WHATWG HTML, section 9.2), which no proxy may keep or hold back. */
export function answerEvents(events: ReadableStream<Uint8Array>): Response {
  return new Response(events, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': `${notKept}, no-transform`,
      'x-accel-buffering': 'no',
    },
  });
}
