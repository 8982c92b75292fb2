import { readBounded } from '#lib/core/http/read-body.ts';

/** Somebody waits for the code: a provider that needs longer is taken for one that is down. */
const timeoutMs = 2000;
const maxAnswerBytes = 64 * 1024;

type ProviderAnswer = { readonly status: number; readonly body: unknown };

/**
 * One request to a provider, with a time limit over all of it and no redirects. Answers with a short reason
 * when there is no answer in JSON; an error's own text is not used, because it may name the address, and with
 * it a key.
 */
export async function callProvider(
  url: string,
  init: RequestInit,
): Promise<ProviderAnswer | { reason: string }> {
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { ...init, method: 'POST', redirect: 'error', signal });
    const text = await readBounded(response, maxAnswerBytes);
    try {
      return { status: response.status, body: JSON.parse(text) };
    } catch {
      return { reason: `no JSON with HTTP ${response.status}` };
    }
  } catch (error) {
    const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
    return { reason: isTimeout ? `no answer within ${timeoutMs} ms` : 'no connection' };
  }
}
