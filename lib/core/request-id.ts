import { createHash, randomUUID } from 'node:crypto';

/** What a browser calls one wish: 128 random bits in lower-case hex. Sent again, the wish is called the same. */
const pattern = /^[0-9a-f]{32}$/;

/**
 * The id of what a request makes. The same request of the same account, sent again because its answer was lost, is given the
 * same one, so that what it made is found and not made twice: a UUID of version 8 (RFC 9562) over both. One without a
 * key, or with something else in its place, is new each time. It is no secret, and decides nothing about rights.
 */
export function idOfRequest(account: string, key: unknown): string {
  if (typeof key !== 'string' || !pattern.test(key)) return randomUUID();
  const bytes = createHash('sha256').update(`request|${account}|${key}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
