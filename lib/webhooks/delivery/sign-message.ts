import { createHmac } from 'node:crypto';
import { deriveKey } from '#lib/core/secrets.ts';
import { rotationHours } from '../kinds.ts';

/** What signs the messages of an endpoint (https://www.standardwebhooks.com): `whsec_` and 32 bytes in base64. */
export function secretOf(endpointId: string, version: number): string {
  const bits = createHmac('sha256', deriveKey('webhooks.secret')).update(`${endpointId}|${version}`);
  return `whsec_${bits.digest('base64')}`;
}

/** The secrets that count now, the newest first. */
export function secretsOf(
  { id, secretVersion, rotatedAt }: { id: string; secretVersion: number; rotatedAt: Date | null },
  now: number = Date.now(),
): readonly string[] {
  const isBoth = rotatedAt !== null && now - rotatedAt.getTime() < rotationHours * 3_600_000;
  const versions = isBoth ? [secretVersion, secretVersion - 1] : [secretVersion];
  return versions.map((version) => secretOf(id, version));
}

/**
 * The headers of a message: HMAC-SHA-256 over id, timestamp (seconds since 1970) and body, once for each secret. The timestamp
 * is that of the attempt, so that a receiver can refuse what is old.
 */
export function signMessage(
  id: string,
  body: string,
  secrets: readonly string[],
  seconds: number = Math.floor(Date.now() / 1000),
): Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string> {
  const sign = (secret: string) =>
    `v1,${createHmac('sha256', Buffer.from(secret.slice('whsec_'.length), 'base64'))
      .update(`${id}.${seconds}.${body}`)
      .digest('base64')}`;
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': secrets.map(sign).join(' '),
  };
}
