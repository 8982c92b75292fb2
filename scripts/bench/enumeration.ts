import { randomInt } from 'node:crypto';
import { openOwnDatabase } from './support/own-database.ts';
import { median, report } from './support/report.ts';

/**
 * Whether the time of an answer tells if a number has an account: 200 known and 200 unknown numbers, in turn,
 * at each form. The medians may differ by a tenth.
 */
const samples = 200;
const { client, close } = await openOwnDatabase('enumeration');

const { hashPassword } = await import('#lib/auth/password/password.ts');
const { signIn } = await import('#lib/auth/sign-in.ts');
const { signUp } = await import('#lib/auth/sign-up.ts');
const { requestPasswordReset } = await import('#lib/auth/password/request-password-reset.ts');
const { hashBrowser, newBrowserSecret } = await import('#lib/auth/code/codes.ts');
const { parsePhone } = await import('#lib/core/phone.ts');

const toPhone = (number: number) => {
  const phone = parsePhone(`09${String(number).padStart(9, '0')}`);
  if (!phone) throw new Error('not a number');
  return phone;
};
const first = randomInt(100_000_000, 900_000_000);
const known = Array.from({ length: samples + 10 }, (_, index) => toPhone(first + index));
const unknown = Array.from({ length: samples + 10 }, (_, index) => toPhone(first + 50_000 + index));
const hashed = await hashPassword('a sentence nobody guesses');
if (!hashed.ok) throw new Error(hashed.detail);
await client.query(
  `INSERT INTO users (phone, password_hash, is_phone_verified) SELECT p, $2, true FROM unnest($1::text[]) AS p`,
  [known, hashed.value],
);

type Form = (phone: ReturnType<typeof toPhone>) => Promise<unknown>;
const device = { address: '10.0.0.1', userAgent: null };
const asking = () => ({ browserHash: hashBrowser(newBrowserSecret()), address: device.address });
const forms: readonly [string, Form][] = [
  ['sign in', (phone) => signIn({ kind: 'user', phone, password: 'not this one', device, replaces: null })],
  [
    'sign up',
    (phone) =>
      signUp({ kind: 'user', phone, password: 'a sentence nobody guesses', name: null, ...asking() }),
  ],
  ['forgotten password', (phone) => requestPasswordReset({ kind: 'user', phone, ...asking() })],
];

let isTold = false;
try {
  for (const [title, form] of forms) {
    const times: { known: number[]; unknown: number[] } = { known: [], unknown: [] };
    for (let turn = 0; turn < samples + 10; turn += 1) {
      const pair = [
        ['known', known[turn]],
        ['unknown', unknown[turn]],
      ] as const;
      // Neither always comes first.
      for (const [kind, phone] of turn % 2 ? pair : [...pair].reverse()) {
        if (!phone) continue;
        const start = performance.now();
        await form(phone);
        if (turn >= 10) times[kind].push(performance.now() - start);
      }
    }
    const [left, right] = [median(times.known), median(times.unknown)];
    const apart = Math.abs(left - right) / Math.min(left, right);
    isTold ||= apart > 0.1;
    report({
      what: `${title}: medians for known and for unknown numbers, 200 each, in turn`,
      measured: `${left.toFixed(1)} and ${right.toFixed(1)} ms, ${(apart * 100).toFixed(1)} % apart`,
      wanted: 'at most 10 % apart',
      met: apart <= 0.1,
    });
  }
} finally {
  await close();
}
process.exit(isTold ? 1 : 0);
