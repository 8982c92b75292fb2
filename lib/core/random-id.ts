import { randomBytes } from 'node:crypto';

const pattern = /^[0-9a-f]{32}$/;

/** 128 random bits in lower-case hex: a name nobody can guess, the same on every file system. */
export function newRandomId(): string {
  return randomBytes(16).toString('hex');
}

export function isRandomId(text: string): boolean {
  return pattern.test(text);
}
