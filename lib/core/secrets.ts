import { hkdfSync } from 'node:crypto';
import { env } from './env/env.ts';

const derived = new Map<string, Buffer>();

/**
 * A 32-byte key for one purpose, derived from NEXTAUTH_SECRET (HKDF-SHA-256, RFC 5869), so that a key that
 * leaks opens nothing else.
 */
export function deriveKey(purpose: string): Buffer {
  const known = derived.get(purpose);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', env().nextauthSecret, 'ai-stayler', purpose, 32));
  derived.set(purpose, key);
  return key;
}
