import { createHash, createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import type { AccountKind } from '#lib/core/actor.ts';
import { deriveKey } from '#lib/core/secrets.ts';
import { codeDigits } from '../policy.ts';
import type { CodePurpose } from './store.ts';

/** What a code is bound to. */
export type CodeBinding = {
  readonly id: string;
  readonly phone: string;
  readonly purpose: CodePurpose;
  readonly kind: AccountKind;
  readonly browserHash: string;
};

/**
 * The code that belongs to an id. It can be computed with the key, so that it need not be kept
 * anywhere: neither in the database nor in the job that sends it.
 */
export function codeFor(id: string): string {
  const bytes = createHmac('sha256', deriveKey('code.value')).update(id).digest();
  // 48 bits modulo a million: the bias is below one in a hundred million.
  return String(bytes.readUIntBE(0, 6) % 10 ** codeDigits).padStart(codeDigits, '0');
}

/** An id whose code begins with no zero: some channels carry codes as numbers. A sixth of a bit of chance is lost. */
export function newCodeId(): string {
  for (;;) {
    const id = randomUUID();
    if (!codeFor(id).startsWith('0')) return id;
  }
}

/** What the database keeps of a code: worth nothing without the key, and for one binding only. */
export function hashCode(binding: CodeBinding, code: string): string {
  const { id, phone, purpose, kind, browserHash } = binding;
  return createHmac('sha256', deriveKey('code.hash'))
    .update(JSON.stringify([id, phone, purpose, kind, browserHash, code]))
    .digest('base64url');
}

/** The hash of a row whose message carries no code: nothing that can be typed matches it. */
export function hashOfNoCode(binding: CodeBinding): string {
  return hashCode(binding, 'none');
}

/** Compares in constant time. */
export function sameHash(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What is kept of the secret that marks one browser. */
export function hashBrowser(browser: string): string {
  return createHash('sha256').update(browser).digest('base64url');
}

/** A secret that marks one browser. */
export function newBrowserSecret(): string {
  return randomBytes(24).toString('base64url');
}
