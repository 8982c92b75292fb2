import { createHash, randomUUID } from 'node:crypto';

/**
 * What a browser calls one wish: 128 random bits in lower-case hex for what it may make, the same whenever it is sent again, and 128
 * for the asking, the same as long as nothing else was asked for in between.
 */
const pattern = /^([0-9a-f]{32})([0-9a-f]{32})$/;

const partsOf = (key: unknown) => (typeof key === 'string' ? pattern.exec(key) : null);

/** By what an asking is known to us: says nothing about its name. Null for something else in its place. */
export function idOfWish(key: unknown): string | null {
  const parts = partsOf(key);
  return parts && uuidOver(`wish|${parts[0]}`);
}

/** A UUID of version 8 (RFC 9562) over a text. */
function uuidOver(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/**
 * The id of what a request makes. The same request of the same account, sent again because its answer was lost, is given the
 * same one, so that what it made is found and not made twice. One without a key, or with something else in its place, is new
 * each time. It is no secret, and says nothing about the key.
 */
export function idOfRequest(account: string, key: unknown): string {
  const parts = partsOf(key);
  return parts ? uuidOver(`request|${account}|${parts[1]}`) : randomUUID();
}
