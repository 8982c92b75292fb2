import en from '#messages/en.json' with { type: 'json' };
import type { ErrorCode } from '../errors.ts';

/**
 * The key in `messages/` of what is said of an error where there is no page to load again and no field to look at: to a program
 * and in a chat. Most errors are said as on a page.
 */
export function errorOffPage(code: ErrorCode): string {
  let at: unknown = en.offPage;
  for (const part of code.split('.')) at = (at as Readonly<Record<string, unknown>> | undefined)?.[part];
  return typeof at === 'string' ? `offPage.${code}` : `errors.${code}`;
}
