import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { codeFor, hashBrowser, newBrowserSecret } from '#lib/auth/code/codes.ts';
import type { SignUp } from '#lib/auth/sign-up.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { verifyPhone } from '#lib/auth/verify-phone.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { type Phone, parsePhone } from '#lib/core/phone.ts';
import { installQueues } from '#lib/jobs/boss.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { type OwnDatabase, useTestDatabase } from './database/test-database.ts';

/** A database with its queues, and the environment that identity reads. Call it at the top of a test file. */
export function useIdentity(rateLimitScale = 1): () => OwnDatabase {
  process.env.NEXTAUTH_SECRET = 'a secret of these tests, long enough to be one';
  process.env.NEXTAUTH_URL = 'http://localhost:3000';
  process.env.RATE_LIMIT_SCALE = String(rateLimitScale);
  process.env.LOG_LEVEL = 'silent';
  const dataDir = mkdtempSync(join(tmpdir(), 'stayler-identity-'));
  process.env.DATA_DIR = dataDir;
  const database = useTestDatabase();
  beforeAll(() => installQueues(database().ownerUrl));
  afterAll(closeSender);
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));
  return database;
}

export const password = 'a sentence nobody guesses';

/** A number that no other test uses. */
export function newPhone(): Phone {
  return parsePhone(`09${randomInt(100_000_000, 999_999_999)}`) as Phone;
}

/** A browser that no other test uses, by its mark. */
export function newBrowser(): string {
  return hashBrowser(newBrowserSecret());
}

/** An address that no other test uses, so that no budget is shared. */
export function newAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
}

export function newSignUp(more: Partial<SignUp> = {}): SignUp {
  return {
    kind: 'user',
    phone: newPhone(),
    password,
    name: null,
    browserHash: newBrowser(),
    address: newAddress(),
    ...more,
  };
}

/** What the message said: the code of the newest row of a number. */
export async function newestCode(
  database: TestDatabase,
  phone: string,
): Promise<{ id: string; code: string }> {
  const [row] = await database.query<{ id: string }>(
    'SELECT id FROM otps WHERE phone = $1 ORDER BY created_at DESC LIMIT 1',
    [phone],
  );
  if (!row) throw new Error(`no code for ${phone}`);
  return { id: row.id, code: codeFor(row.id) };
}

/** Any code but the right one. */
export function otherThan(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

/** Lets time pass for the codes of a number: the database's clock is the only one that counts. */
export async function ageCodes(database: TestDatabase, phone: string, seconds: number): Promise<void> {
  await database.query(
    `UPDATE otps SET created_at = created_at - make_interval(secs => $2), expires_at = expires_at - make_interval(secs => $2)
     WHERE phone = $1`,
    [phone, seconds],
  );
}

/** A person with an account and a session, made the way people make one. */
export async function signUpAndVerify(database: TestDatabase, kind: AccountKind = 'user') {
  const request = newSignUp({ kind, name: kind === 'vendor' ? 'Studio' : null });
  const asked = await signUp(request);
  if (!asked.ok) throw new Error(asked.detail);
  const { code } = await newestCode(database, request.phone);
  const device = { address: request.address, userAgent: 'test' };
  const claims = await verifyPhone({ kind, code, browserHash: request.browserHash, device, replaces: null });
  if (!claims.ok) throw new Error(claims.detail);
  return { ...request, device, claims: claims.value, accountId: claims.value.sub };
}
