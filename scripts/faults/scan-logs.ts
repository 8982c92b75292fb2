import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What must stand in no log, by its form. Our masks (`+98912***6789`) have none of these. */
const forms: readonly (readonly [string, RegExp])[] = [
  ['a whole phone number', /(?<![\d.])(?:\+98|0098|0)9\d{9}(?!\d)/],
  ['a session cookie', /eyJ[\w-]{10,}\.[\w-]*\.[\w-]{10,}/],
  ['a password in a connection string', /\b(?:postgres(?:ql)?|rediss?):\/\/[^:@\s/]+:(?!\*\*\*)[^@\s]+@/],
  ['a password of the tests', /a sentence nobody guesses|not this one/],
  ['a code beside its name', /"(?:code|otp|password|token|refreshToken)":"(?!\*\*\*)(?=[^"]*\d{6})[^"]+"/],
  ['an authority', /\b[AS]0{8,}[\w]{10,}\b/],
  ['a hash of a password', /\$argon2id\$/],
];

/** Everything in a folder of logs that looks like a secret: file, line and kind, never the secret. */
export function scanLogs(folder: string): { lines: number; found: string[] } {
  const found: string[] = [];
  let lines = 0;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.log'))) {
    for (const [at, line] of readFileSync(join(folder, name), 'utf8').split('\n').entries()) {
      if (line) lines += 1;
      for (const [kind, form] of forms) if (form.test(line)) found.push(`${name}:${at + 1}: ${kind}`);
    }
  }
  return { lines, found };
}
