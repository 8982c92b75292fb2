import type { z } from 'zod';
import { errorStatus } from '#lib/core/errors.ts';
import { type Failure, fail } from '#lib/core/result.ts';

/** What a schema says is a key in `messages/`, or one of our error codes. */
function messageKey(message: string): string {
  if (message in errorStatus) return `errors.${message}`;
  return isMessageKey(message) ? message : 'errors.input.invalid';
}

const isMessageKey = (message: string) => /^[a-z]\w*(\.\w+)+$/i.test(message);

/** What was sent does not fit a schema: each field with the key of its sentence. */
export function invalidInput(error: z.ZodError): Failure {
  const fields: Record<string, string> = {};
  for (const { path, message } of error.issues) {
    const name = String(path[0] ?? '');
    if (name) fields[name] ??= messageKey(message);
  }
  const detail = error.issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join(', ');
  return fail('input.invalid', detail, { fields });
}
