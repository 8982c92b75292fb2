import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '#lib/db/migrate.ts';

/**
 * Whether the time of an answer tells if a number has an account: 200 known and 200 unknown numbers, in turn,
 * at each form. The medians may differ by a tenth.
 */
const samples = 200;
const serverUrl = process.env.DATABASE_URL ?? '';
const name = `bench_enumeration_${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), 'stayler-bench-'));

const admin = new pg.Client({ connectionString: serverUrl });
await admin.connect();
await admin.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'`);
const url = new URL(serverUrl);
url.pathname = `/${name}`;
Object.assign(process.env, {
  DATABASE_URL: url.href,
  DATA_DIR: folder,
  NEXTAUTH_SECRET: 'a secret of this measurement, long enough',
  RATE_LIMIT_SCALE: '100000',
  LOG_LEVEL: 'silent',
});
await migrate({ databaseUrl: url.href });

const { installQueues } = await import('#lib/jobs/boss.ts');
const { hashPassword } = await import('#lib/auth/password.ts');
const { signIn } = await import('#lib/auth/sign-in.ts');
const { signUp } = await import('#lib/auth/sign-up.ts');
const { requestPasswordReset } = await import('#lib/auth/request-password-reset.ts');
const { hashBrowser, newBrowserSecret } = await import('#lib/auth/codes.ts');
const { parsePhone } = await import('#lib/core/phone.ts');
const { disconnectDb } = await import('#lib/db/client.ts');
const { closeSender } = await import('#lib/jobs/enqueue.ts');
await installQueues(url.href);

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
const client = new pg.Client({ connectionString: url.href });
await client.connect();
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

const median = (times: number[]) => times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
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
    process.stdout.write(
      `${title.padEnd(20)} known ${left.toFixed(1)} ms, unknown ${right.toFixed(1)} ms: ${(apart * 100).toFixed(1)} % apart\n`,
    );
  }
} finally {
  await client.end();
  await closeSender();
  await disconnectDb();
  await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await admin.end();
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(isTold ? 'FAILED: more than 10 % apart\n' : 'within 10 %\n');
process.exit(isTold ? 1 : 0);
