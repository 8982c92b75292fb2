import { readBounded } from '#lib/core/http/read-body.ts';
import { noPicture, type ServiceFailure } from './hosted-service.ts';

/** Pictures travel as base64: twenty megabytes of it are a very large one. */
const maxAnswerBytes = 48 * 1024 * 1024;

export type Called = { readonly status: number; readonly body: unknown; readonly waitMs?: number };

/** Seconds of a Retry-After header in milliseconds; dates are not worth the trouble. */
function waitOf(response: Response): { waitMs?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { waitMs: seconds * 1000 } : {};
}

/**
 * One request to a service, with a time limit over all of it. A redirect is an error: it could lead anywhere,
 * into our own network too. An error's own text is not used, because it may name the address or a header.
 */
export async function callService(
  url: string,
  init: RequestInit,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Called | ServiceFailure> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      ...init,
      method: 'POST',
      redirect: 'error',
      signal: AbortSignal.any([signal, timeout]),
    });
    const text = await readBounded(response, maxAnswerBytes);
    try {
      return { status: response.status, body: JSON.parse(text), ...waitOf(response) };
    } catch {
      // A gateway's own page has a status worth reading; a page in place of a picture has none.
      return response.ok
        ? noPicture('retry', `no JSON with HTTP ${response.status}`)
        : { status: response.status, body: null, ...waitOf(response) };
    }
  } catch {
    if (signal.aborted) return noPicture('retry', 'aborted');
    return noPicture('retry', timeout.aborted ? `no answer within ${timeoutMs} ms` : 'no connection');
  }
}

/** What a status alone says; `detail` names the service's code. */
export function failureOfStatus(status: number, detail: string, waitMs?: number): ServiceFailure {
  if (status === 451) return noPicture('refuse', detail);
  if (status === 408 || status === 409 || status === 425 || status === 429 || status >= 500)
    return noPicture('retry', detail, waitMs);
  return noPicture('misconfigured', detail);
}
