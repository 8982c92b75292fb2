import { createHmac, timingSafeEqual } from 'node:crypto';

const prefix = 'hmac-sha256=';

/** UploadThing's signature of a text: HMAC-SHA256 under the whole API key, in hex. */
export function signUpload(text: string, apiKey: string): string {
  return prefix + createHmac('sha256', apiKey).update(text).digest('hex');
}

/** What a signed upload address fixes. Everything in it is the sender's claim, frozen by us. */
export type SignedUpload = {
  readonly key: string;
  readonly uploadId: string;
  readonly slug: string;
  readonly fileName: string;
  readonly fileSize: number;
  readonly mimeType: string;
};

/**
 * Reads a signed upload address, or answers null when it was not signed by us, was changed, is for another
 * installation or has run out. `ingestUrl` is the configured base: the host a request claims proves nothing,
 * and behind a proxy or on a telephone in the same network it is another one.
 */
export function readSignedUpload(options: {
  requestUrl: string;
  ingestUrl: string;
  apiKey: string;
  appId: string;
  now?: number;
}): SignedUpload | null {
  const { requestUrl, ingestUrl, apiKey, appId, now = Date.now() } = options;
  const question = requestUrl.indexOf('?');
  const cut = requestUrl.lastIndexOf('&signature=');
  if (question < 0 || cut < question) return null;
  const path = new URL(requestUrl).pathname;
  const key = path.slice(path.lastIndexOf('/') + 1);
  if (!/^[A-Za-z0-9]{20,64}$/.test(key)) return null;

  const signed = `${ingestUrl}/${key}?${requestUrl.slice(question + 1, cut)}`;
  const given = decode(requestUrl.slice(cut + '&signature='.length));
  if (given === null || !equal(given, signUpload(signed, apiKey))) return null;

  const query = new URLSearchParams(requestUrl.slice(question + 1, cut));
  // The SDK encodes values before it puts them into the query, which encodes them again.
  const value = (name: string) => decode(query.get(name) ?? '') ?? '';
  const fileSize = Number(value('x-ut-file-size'));
  if (value('x-ut-identifier') !== appId) return null;
  if (!(Number(query.get('expires')) > now)) return null;
  if (!Number.isSafeInteger(fileSize) || fileSize < 0) return null;
  return {
    key,
    uploadId: value('x-ut-custom-id'),
    slug: value('x-ut-slug'),
    fileName: value('x-ut-file-name'),
    fileSize,
    mimeType: value('x-ut-file-type'),
  };
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function equal(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
