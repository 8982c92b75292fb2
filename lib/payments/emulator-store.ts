import { succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { type Tx, transact } from '#lib/db/transact.ts';

/**
 * What our emulator of ZarinPal remembers, in a schema of its own that it makes itself: an installation with a
 * real gateway never has it. Its clock is the database's plus an offset, so that time can be moved.
 */

const schema = [
  'CREATE SCHEMA IF NOT EXISTS zarinpal_emulator',
  `CREATE TABLE IF NOT EXISTS zarinpal_emulator.settings (
     id INTEGER PRIMARY KEY CHECK (id = 1), data JSONB NOT NULL DEFAULT '{}',
     clock_offset INTERVAL NOT NULL DEFAULT '0')`,
  'INSERT INTO zarinpal_emulator.settings (id) VALUES (1) ON CONFLICT DO NOTHING',
  // Past 2^31, where a 32-bit column breaks.
  'CREATE SEQUENCE IF NOT EXISTS zarinpal_emulator.ref_ids START 2200000001',
  'CREATE SEQUENCE IF NOT EXISTS zarinpal_emulator.authorities',
  `CREATE TABLE IF NOT EXISTS zarinpal_emulator.sessions (
     authority TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, merchant_id TEXT NOT NULL,
     amount BIGINT NOT NULL, amount_irr BIGINT NOT NULL, currency TEXT NOT NULL,
     description TEXT NOT NULL, callback_url TEXT NOT NULL, metadata JSONB NOT NULL, referer TEXT,
     status TEXT NOT NULL DEFAULT 'IN_BANK' CHECK (status IN ('IN_BANK', 'PAID', 'VERIFIED', 'FAILED', 'REVERSED')),
     ref_id BIGINT, created_at TIMESTAMPTZ NOT NULL, paid_at TIMESTAMPTZ, verified_at TIMESTAMPTZ)`,
  `CREATE TABLE IF NOT EXISTS zarinpal_emulator.faults (
     id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, endpoint TEXT NOT NULL, fault JSONB NOT NULL)`,
  `CREATE TABLE IF NOT EXISTS zarinpal_emulator.requests (
     id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(),
     endpoint TEXT NOT NULL, authority TEXT, code INTEGER, fault TEXT)`,
];

const made = new Set<string>();

/** Makes the schema if it is not there; two processes at once wait for each other. */
export async function makeEmulatorSchema(databaseUrl: string): Promise<void> {
  if (made.has(databaseUrl)) return;
  const done = await transact(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('zarinpal_emulator', 0))`;
    const [row] = await tx.$queryRaw<{ there: boolean }[]>`
      SELECT to_regclass('zarinpal_emulator.requests') IS NOT NULL AS there`;
    if (!row?.there) for (const statement of schema) await tx.$executeRawUnsafe(statement);
    return succeed(null);
  });
  if (done.ok) made.add(databaseUrl);
}

export type EmulatedStatus = 'IN_BANK' | 'PAID' | 'VERIFIED' | 'FAILED' | 'REVERSED';

export type EmulatedSession = {
  authority: string;
  token: string;
  merchantId: string;
  amount: bigint;
  amountIrr: bigint;
  currency: string;
  description: string;
  callbackUrl: string;
  metadata: unknown;
  status: EmulatedStatus;
  refId: bigint | null;
  createdAt: Date;
  paidAt: Date | null;
  isOldForReverse: boolean;
};

const now = 'clock_timestamp() + (SELECT clock_offset FROM zarinpal_emulator.settings)';
const columns = `authority, token, merchant_id AS "merchantId", amount, amount_irr AS "amountIrr", currency, description,
  callback_url AS "callbackUrl", metadata, status, ref_id AS "refId", created_at AS "createdAt", paid_at AS "paidAt",
  coalesce(paid_at < ${now} - interval '30 minutes', false) AS "isOldForReverse"`;

async function sessionsBy(where: string, ...values: unknown[]): Promise<EmulatedSession[]> {
  return db().$queryRawUnsafe<EmulatedSession[]>(
    `SELECT ${columns} FROM zarinpal_emulator.sessions WHERE ${where}`,
    ...values,
  );
}

async function change(set: string, where: string, ...values: unknown[]): Promise<EmulatedSession | null> {
  const rows = await db().$queryRawUnsafe<EmulatedSession[]>(
    `UPDATE zarinpal_emulator.sessions SET ${set} WHERE ${where} RETURNING ${columns}`,
    ...values,
  );
  return rows[0] ?? null;
}

export async function readSettings(): Promise<unknown> {
  const rows = await db().$queryRaw<{ data: unknown }[]>`SELECT data FROM zarinpal_emulator.settings`;
  return rows[0]?.data ?? {};
}

export async function mergeSettings(patch: object): Promise<void> {
  await db()
    .$executeRaw`UPDATE zarinpal_emulator.settings SET data = data || ${JSON.stringify(patch)}::jsonb`;
}

export async function moveClock(seconds: number): Promise<void> {
  await db()
    .$executeRaw`UPDATE zarinpal_emulator.settings SET clock_offset = clock_offset + make_interval(secs => ${seconds})`;
}

export async function nextNumber(): Promise<bigint> {
  const rows = await db().$queryRaw<
    { number: bigint }[]
  >`SELECT nextval('zarinpal_emulator.authorities') AS number`;
  return rows[0]?.number ?? 0n;
}

export type NewSession = {
  authority: string;
  token: string;
  merchantId: string;
  amount: number;
  amountIrr: number;
  currency: string;
  description: string;
  callbackUrl: string;
  metadata: object;
  referer: string | null;
};

export async function insertSession(session: NewSession): Promise<void> {
  await db().$executeRawUnsafe(
    `INSERT INTO zarinpal_emulator.sessions
       (authority, token, merchant_id, amount, amount_irr, currency, description, callback_url, metadata, referer, created_at)
     VALUES ($1, $2, $3, $4::bigint, $5::bigint, $6, $7, $8, $9::jsonb, $10, ${now})`,
    session.authority,
    session.token,
    session.merchantId,
    session.amount,
    session.amountIrr,
    session.currency,
    session.description,
    session.callbackUrl,
    JSON.stringify(session.metadata),
    session.referer,
  );
}

/** Money that nobody verified in time went back to its payer; looked at whenever somebody asks. */
export async function returnForgottenMoney(afterMinutes: number): Promise<void> {
  await db().$executeRawUnsafe(
    `UPDATE zarinpal_emulator.sessions SET status = 'REVERSED'
     WHERE status = 'PAID' AND paid_at < ${now} - make_interval(mins => $1::int)`,
    afterMinutes,
  );
}

export async function findSession(by: 'authority' | 'token', value: string): Promise<EmulatedSession | null> {
  return (await sessionsBy(`${by} = $1`, value))[0] ?? null;
}

export async function listSessions(limit: number): Promise<EmulatedSession[]> {
  return sessionsBy('true ORDER BY created_at DESC, authority LIMIT $1::int', limit);
}

/** Paid and not verified, the newest first. */
export async function listUnVerified(
  merchantId: string,
  limit: number,
): Promise<(EmulatedSession & { date: string })[]> {
  return db().$queryRawUnsafe(
    `SELECT ${columns}, to_char(paid_at AT TIME ZONE 'Asia/Tehran', 'YYYY-MM-DD HH24:MI:SS') AS date
     FROM zarinpal_emulator.sessions WHERE merchant_id = $1 AND status = 'PAID'
     ORDER BY paid_at DESC, authority LIMIT $2::int`,
    merchantId,
    limit,
  );
}

/** Takes the money once; only a session that waits for it, or one that failed where trying again is allowed. */
export async function paySession(
  token: string,
  options: { autoVerify: boolean; mayRetry: boolean },
): Promise<EmulatedSession | null> {
  const from = options.mayRetry ? `('IN_BANK', 'FAILED')` : `('IN_BANK')`;
  return change(
    `status = $2, paid_at = ${now}, verified_at = CASE WHEN $2 = 'VERIFIED' THEN ${now} END,
     ref_id = nextval('zarinpal_emulator.ref_ids')`,
    `token = $1 AND status IN ${from}`,
    token,
    options.autoVerify ? 'VERIFIED' : 'PAID',
  );
}

export async function failSession(token: string): Promise<EmulatedSession | null> {
  return change(`status = 'FAILED'`, `token = $1 AND status = 'IN_BANK'`, token);
}

/** The one step from paid to verified: of many at once exactly one makes it. */
export async function verifySession(authority: string): Promise<EmulatedSession | null> {
  return change(`status = 'VERIFIED', verified_at = ${now}`, `authority = $1 AND status = 'PAID'`, authority);
}

export async function reverseSession(authority: string): Promise<EmulatedSession | null> {
  return change(`status = 'REVERSED'`, `authority = $1 AND status IN ('PAID', 'VERIFIED')`, authority);
}

/** Puts a session into any state, for tests. */
export async function forceStatus(
  authority: string,
  status: EmulatedStatus,
): Promise<EmulatedSession | null> {
  return change(
    `status = $2, paid_at = CASE WHEN $2 IN ('PAID', 'VERIFIED', 'REVERSED') THEN coalesce(paid_at, ${now}) END,
     ref_id = CASE WHEN $2 IN ('PAID', 'VERIFIED', 'REVERSED') THEN coalesce(ref_id, nextval('zarinpal_emulator.ref_ids')) END`,
    'authority = $1',
    authority,
    status,
  );
}

export async function addFault(endpoint: string, fault: object): Promise<void> {
  await db()
    .$executeRaw`INSERT INTO zarinpal_emulator.faults (endpoint, fault) VALUES (${endpoint}, ${JSON.stringify(fault)}::jsonb)`;
}

/** The next fault that waits for an endpoint; each happens once. */
export async function takeFault(endpoint: string): Promise<unknown> {
  const rows = await db().$queryRaw<{ fault: unknown }[]>`
    DELETE FROM zarinpal_emulator.faults WHERE id = (
      SELECT id FROM zarinpal_emulator.faults WHERE endpoint IN (${endpoint}, '*') ORDER BY id LIMIT 1
      FOR UPDATE SKIP LOCKED
    ) RETURNING fault`;
  return rows[0]?.fault ?? null;
}

export async function clearFaults(): Promise<void> {
  await db().$executeRaw`DELETE FROM zarinpal_emulator.faults`;
}

export async function noteRequest(entry: {
  endpoint: string;
  authority: string | null;
  code: number | null;
  fault: string | null;
}): Promise<void> {
  const { endpoint, authority, code, fault } = entry;
  await db().$executeRaw`
    INSERT INTO zarinpal_emulator.requests (endpoint, authority, code, fault)
    VALUES (${endpoint}, ${authority}, ${code}, ${fault})`;
}

export type EmulatedRequest = {
  at: Date;
  endpoint: string;
  authority: string | null;
  code: number | null;
  fault: string | null;
};

export async function listRequests(limit: number): Promise<EmulatedRequest[]> {
  return db().$queryRaw<EmulatedRequest[]>`
    SELECT at, endpoint, authority, code, fault FROM zarinpal_emulator.requests ORDER BY id DESC LIMIT ${limit}`;
}

export async function countVerifies(authority: string): Promise<number> {
  const rows = await db().$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM zarinpal_emulator.requests
    WHERE endpoint = 'verify' AND authority = ${authority} AND at > clock_timestamp() - interval '1 minute'`;
  return rows[0]?.count ?? 0;
}

/** Forgets everything, as if it had just been made. */
export async function forgetAll(): Promise<void> {
  const work = async (tx: Tx) => {
    await tx.$executeRaw`TRUNCATE zarinpal_emulator.sessions, zarinpal_emulator.faults, zarinpal_emulator.requests`;
    await tx.$executeRaw`ALTER SEQUENCE zarinpal_emulator.authorities RESTART`;
    await tx.$executeRaw`UPDATE zarinpal_emulator.settings SET data = '{}', clock_offset = '0'`;
    return succeed(null);
  };
  await transact(work);
}
