import { errorStatus } from '#lib/core/errors.ts';
import { log } from '#lib/core/log.ts';
import { dropUploads } from './store.ts';

type Signed = { readonly key?: unknown; readonly customId?: unknown };

const textsOf = (all: readonly unknown[]) => all.filter((one) => typeof one === 'string');

/**
 * The SDK gives signed addresses out whether or not the ingest took note of them; bytes sent to one that it does not know
 * are refused as if the address were forged. This looks at what the SDK says to the ingest, and at what it answers then.
 */
export function watchRegistration(send: typeof fetch) {
  const known = new Set<string>();

  const watched: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!new URL(request.url).pathname.endsWith('/route-metadata')) return send(request);
    const { fileKeys = [] } = (await request.clone().json()) as { fileKeys?: unknown[] };
    const answer = await send(request);
    if (answer.ok) for (const key of textsOf(fileKeys)) known.add(key);
    return answer;
  };

  /** Passes on what the SDK answers; an address that leads nowhere is 503 instead, and nothing stays reserved for it. */
  async function confirm(response: Response): Promise<Response> {
    const body: unknown = await response
      .clone()
      .json()
      .catch(() => null);
    if (!Array.isArray(body)) return response;
    const signed = body as Signed[];
    const isKnown = signed.map(({ key }) => typeof key !== 'string' || known.delete(key));
    if (isKnown.every(Boolean)) return response;
    await dropUploads(textsOf(signed.map(({ customId }) => customId))).catch((error: unknown) =>
      log.warn({ err: error }, 'room for uploads stays taken until they lie still'),
    );
    const code = 'service.unavailable';
    return Response.json({ message: code }, { status: errorStatus[code], headers: { 'retry-after': '2' } });
  }

  return { fetch: watched, confirm };
}
