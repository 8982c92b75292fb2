import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '#lib/core/secrets.ts';
import { maxSignedSeconds, type VariantName } from '../policy.ts';
import { fileUrl } from './view.ts';

/**
 * An address that shows one private image to everybody who has it, for at most a minute: for programs that carry
 * no session. The product promises that such an address is served; nothing in the program gives one out today.
 * @internal
 */
export function signFileUrl(
  fileId: string,
  variant: VariantName,
  seconds: number = maxSignedSeconds,
  now: number = Date.now(),
): string {
  const expires = now + Math.min(seconds, maxSignedSeconds) * 1000;
  return `${fileUrl(fileId, variant)}?expires=${expires}&signature=${sign(fileId, variant, expires)}`;
}

/** Whether a query was signed by us for exactly this file, and is still good. */
export function isSignedFor(
  fileId: string,
  variant: VariantName,
  query: URLSearchParams,
  now: number = Date.now(),
): boolean {
  const expires = Number(query.get('expires'));
  const given = Buffer.from(query.get('signature') ?? '');
  if (!Number.isSafeInteger(expires) || expires <= now || expires > now + maxSignedSeconds * 1000)
    return false;
  const right = Buffer.from(sign(fileId, variant, expires));
  return given.length === right.length && timingSafeEqual(given, right);
}

function sign(fileId: string, variant: VariantName, expires: number): string {
  return createHmac('sha256', deriveKey('files.signed-url'))
    .update(`${fileId}/${variant}/${expires}`)
    .digest('base64url');
}
