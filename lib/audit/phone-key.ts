import { createHmac } from 'node:crypto';
import { deriveKey } from '#lib/core/secrets.ts';

/** What stands for a number in the audit log: the same for the same number, and nothing else can be read from it. */
export function phoneKey(phone: string): string {
  return createHmac('sha256', deriveKey('audit.phone')).update(phone).digest('base64url').slice(0, 22);
}
