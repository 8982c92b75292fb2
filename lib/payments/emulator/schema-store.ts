import { succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { type Tx, transact } from '#lib/db/transact.ts';

/**
 * The schema of our emulator of gateways, which it makes itself: an installation with a real gateway never has
 * it. With it what it was told to do: settings, clock, faults, and what it was asked.
 */

const schema = [
  // Made beforehand where the program may not make any.
  `DO $$ BEGIN
     IF to_regnamespace('zarinpal_emulator') IS NULL THEN CREATE SCHEMA zarinpal_emulator; END IF;
   END $$`,
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

export async function addFault(endpoint: string, fault: object): Promise<void> {
  await db()
    .$executeRaw`INSERT INTO zarinpal_emulator.faults (endpoint, fault) VALUES (${endpoint}, ${JSON.stringify(fault)}::jsonb)`;
}

/** The next fault that waits for an endpoint, and for this session where it names one; each happens once, unless it stays. */
export async function takeFault(endpoint: string, authority: string | null): Promise<unknown> {
  const rows = await db().$queryRaw<{ fault: unknown }[]>`
    WITH next AS (
      SELECT id, fault FROM zarinpal_emulator.faults
      WHERE endpoint IN (${endpoint}, regexp_replace(${endpoint}, '[A-Za-z]+$', '*')) AND coalesce(fault ->> 'authority', ${authority}, '') = coalesce(${authority}, '')
      ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
    ), gone AS (
      DELETE FROM zarinpal_emulator.faults f USING next
      WHERE f.id = next.id AND NOT coalesce((next.fault ->> 'stays')::boolean, false)
    ) SELECT fault FROM next`;
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
