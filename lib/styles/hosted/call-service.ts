import { readBounded, readBytes } from '#lib/core/http/read-body.ts';
import { noPicture, type ServiceAnswer, type ServiceFailure, untaken } from './hosted-service.ts';

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
  } catch (error) {
    if (signal.aborted) return noPicture('retry', 'aborted');
    if (timeout.aborted) return noPicture('retry', `no answer within ${timeoutMs} ms`);
    const failure = noPicture('retry', 'no connection');
    return isUnsent(error) ? untaken(failure) : failure;
  }
}

/** Errors of a connection that was never made: not a byte of the request can have arrived. */
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

function isUnsent(error: unknown): boolean {
  const cause: unknown = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? cause.code : null;
  return typeof code === 'string' && unsentCodes.has(code);
}

/** What a service answers to a request that makes nothing and costs nothing: its status, or null without an answer in time. */
export async function checkService(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | null> {
  try {
    const response = await fetch(url, { headers, redirect: 'manual', signal: AbortSignal.timeout(5000) });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}

/** A picture itself is not longer than as base64. */
const maxPictureBytes = 36 * 1024 * 1024;
const longestAddress = 2048;

/**
 * The address of an answered picture, if it is one at the server that was asked: the same scheme, host and port, and no
 * name or password in it. Any other is null, a private one as a public one: an answer must not send us anywhere.
 */
function addressAt(given: string, baseUrl: string): string | null {
  const url = given.length <= longestAddress ? URL.parse(given, `${baseUrl}/`) : null;
  return url && url.origin === new URL(baseUrl).origin && !url.username && !url.password ? url.href : null;
}

/**
 * Fetches a picture that was answered by its address. Only from the server at `baseUrl`, without following a redirect,
 * and within the time that is left of the call.
 */
export async function fetchAnswer(
  given: string,
  { baseUrl, headers }: { baseUrl: string; headers: Readonly<Record<string, string>> },
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<ServiceAnswer> {
  const url = addressAt(given, baseUrl);
  if (!url) return noPicture('misconfigured', 'the picture is at another server than the one that was asked');
  const timeout = AbortSignal.timeout(Math.max(1, Math.round(timeoutMs)));
  try {
    const response = await fetch(url, {
      headers,
      redirect: 'error',
      signal: AbortSignal.any([signal, timeout]),
    });
    if (!response.ok || !response.body) {
      await response.body?.cancel();
      return noPicture('retry', `HTTP ${response.status} for the picture's address`);
    }
    const bytes = await readBytes(response.body, maxPictureBytes);
    return bytes ? { ok: true, picture: bytes } : noPicture('retry', 'the picture is too large');
  } catch {
    if (signal.aborted) return noPicture('retry', 'aborted');
    return noPicture(
      'retry',
      timeout.aborted ? 'the picture did not come in time' : 'no connection for the picture',
    );
  }
}

/** What a status alone says; `detail` names the service's code. */
export function failureOfStatus(status: number, detail: string, waitMs?: number): ServiceFailure {
  const failure = kindOfStatus(status, detail, waitMs);
  return untakenStatuses.has(status) ? untaken(failure) : failure;
}

/** By these a service says itself that it has not begun. 503 and its like may come of a proxy, after a picture was made. */
const untakenStatuses = new Set([401, 402, 403, 404, 429]);

function kindOfStatus(status: number, detail: string, waitMs?: number): ServiceFailure {
  if (status === 451) return noPicture('refuse', detail);
  if (status === 408 || status === 409 || status === 425 || status === 429 || status >= 500)
    return noPicture('retry', detail, waitMs);
  return noPicture('misconfigured', detail);
}
