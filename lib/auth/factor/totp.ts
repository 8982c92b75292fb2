import { createHmac, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { seal, unseal } from '#lib/core/seal.ts';
import { deriveKey } from '#lib/core/secrets.ts';

/** One-time passwords by time, as every authenticator app makes them (RFC 6238: SHA-1, six digits, half a minute). */

const issuer = 'AI Stayler';
const stepSeconds = 30;
/** A code of the half minute before or after is taken too: clocks of phones are seldom right. */
const window = 1;

const totpOf = (secret: string, label: string) =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period: stepSeconds });

/** 160 bits in Base32, as people type them where they cannot point a camera. */
export function newFactorSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address that an app reads from a QR code. */
export function factorUri(secret: string, label: string): string {
  return totpOf(secret, label).toString();
}

/** The step that a code belongs to at a moment in epoch seconds; null when it is none of those around it. */
export function stepOfCode(secret: string, code: string, atSeconds: number): number | null {
  const delta = totpOf(secret, '').validate({ token: code, timestamp: atSeconds * 1000, window });
  return delta === null ? null : Math.floor(atSeconds / stepSeconds) + delta;
}

export const sealSecret = (userId: string, secret: string) => seal('admin.factor', userId, secret);
export const openSecret = (userId: string, sealed: string) => unseal('admin.factor', userId, sealed);

/** Letters and digits that nobody takes for another. */
const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';
const recoveryCodes = 10;
const group = () => Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join('');

/** Codes for the day the phone is lost; each is good once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: recoveryCodes }, () => `${group()}-${group()}`);
}

/** What the database keeps of a recovery code, however it was typed. */
export function hashRecoveryCode(userId: string, typed: string): string {
  const plain = typed.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return createHmac('sha256', deriveKey('admin.recovery')).update(`${userId}|${plain}`).digest('base64url');
}
