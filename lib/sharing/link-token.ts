import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { deriveKey } from '#lib/core/secrets.ts';

/** What a link opens; two kinds never share a token, even under one id. */
export type LinkKind = 'conversion' | 'album';

/** 128 bits in base64url. */
const pattern = /^[A-Za-z0-9_-]{22}$/;

/**
 * The token of a link, in its address: 128 bits of HMAC-SHA-256 over the link's id. Nobody without our key can
 * guess it, the database holds only its hash, and yet its owner can copy the address again. After the key was
 * changed the old addresses go on working (they are found by hash), only this no longer says them:
 * compare with {@link hashLinkToken} before showing it.
 */
export function linkTokenOf(kind: LinkKind, linkId: string): string {
  return createHmac('sha256', deriveKey('sharing.link-token'))
    .update(`${kind}|${linkId}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url');
}

/** A token in an address. */
export const linkToken = z.string().regex(pattern);

export function isLinkToken(text: string): boolean {
  return pattern.test(text);
}

/** How a token stands in the database: SHA-256 in hex, 64 characters. The token is random enough for that. */
export function hashLinkToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
