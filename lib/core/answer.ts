import { errorStatus } from './errors.ts';
import { type Failure, toPublic } from './result.ts';

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
