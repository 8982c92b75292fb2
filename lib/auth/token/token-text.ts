import { createHash, createHmac } from 'node:crypto';
import type { AccountKind } from '#lib/core/actor.ts';
import { deriveKey } from '#lib/core/secrets.ts';

/** A token begins with what scanners of published code can look for, and has 256 bits in base64url. */
const pattern = /^stayler_[A-Za-z0-9_-]{43}$/;

/**
 * The token of this id: HMAC-SHA-256 under a key of ours, so that a wish whose answer was lost is answered with the same one.
 * It is found by its hash: tokens outlive a change of the key.
 */
export function tokenOf(kind: AccountKind, id: string): string {
  const bits = createHmac('sha256', deriveKey('auth.api-token')).update(`${kind}|${id}`).digest('base64url');
  return `stayler_${bits}`;
}

/** How a token stands in the database: SHA-256 in hex. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** What its owner knows it by afterwards: its last four characters. */
export function hintOf(token: string): string {
  return token.slice(-4);
}

/** The token of an `Authorization` header (RFC 6750, section 2.1); null for everything that cannot be one of ours. */
export function tokenIn(headers: Headers): string | null {
  const [, token = ''] = /^bearer +(\S+)$/i.exec(headers.get('authorization')?.trim() ?? '') ?? [];
  return pattern.test(token) ? token : null;
}
