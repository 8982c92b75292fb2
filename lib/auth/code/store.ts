import type { AccountKind } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { resendAfterSeconds } from '../policy.ts';
import type { CodePurpose } from './codes.ts';

/** Codes in the database. Every "now" here is the database's own. */

export type CodeRow = {
  id: string;
  phone: string;
  code: string;
  purpose: CodePurpose;
  accountType: AccountKind;
  accountId: string | null;
  browserHash: string;
  pending: unknown;
};

/** The seed knows two purposes; a change of number verifies phones, one step for each of the two. */
function inRow(purpose: CodePurpose): { purpose: string; step: string } {
  return purpose === 'old_phone' || purpose === 'new_phone'
    ? { purpose: 'phone_verify', step: purpose }
    : { purpose, step: 'account' };
}

const isFor = (purpose: CodePurpose) =>
  Prisma.sql`purpose = ${inRow(purpose).purpose} AND step = ${inRow(purpose).step}`;

const columns = Prisma.sql`id, phone, code, CASE step WHEN 'account' THEN purpose ELSE step END AS purpose, account_type AS "accountType", account_id AS "accountId",
  browser_hash AS "browserHash", pending`;

/** Lets only one transaction at a time send codes to a phone, so that they can be counted. */
export async function lockPhone(tx: Tx, phone: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('code:' || ${phone}, 0))`;
}

/** Seconds until the window of a budget has room for another code to this phone; 0 when it has. */
export async function secondsUntilRoom(
  tx: Tx,
  phone: string,
  budget: { points: number; seconds: number },
): Promise<number> {
  return wait(tx, phone, budget, Prisma.sql`AND send_failed_at IS NULL`);
}

/**
 * Seconds until another code for the same thing may be made for this phone. Codes whose message was not taken
 * count too: what was tried for a number must not show in what its page allows.
 */
export async function secondsUntilResend(
  tx: Tx,
  phone: string,
  budget: { points: number; seconds: number },
  only: { purpose: CodePurpose; kind: AccountKind },
): Promise<number> {
  return wait(tx, phone, budget, Prisma.sql`AND ${isFor(only.purpose)} AND account_type = ${only.kind}`);
}

async function wait(
  tx: Tx,
  phone: string,
  budget: { points: number; seconds: number },
  which: Prisma.Sql,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ wait: number }[]>`
    SELECT ceil(extract(epoch FROM created_at + make_interval(secs => ${budget.seconds}) - clock_timestamp()))::int AS wait
    FROM otps
    WHERE phone = ${phone} AND created_at > clock_timestamp() - make_interval(secs => ${budget.seconds}) ${which}
    ORDER BY created_at DESC OFFSET ${budget.points - 1} LIMIT 1`;
  return Math.max(0, row?.wait ?? 0);
}

/**
 * Seconds until so many codes in so many seconds leave room for another one, to whomever; 0 when they do.
 * Codes end a fixed time after they were made, and are found by their end.
 */
export async function secondsUntilRoomForAll(
  tx: Tx,
  budget: { points: number; seconds: number },
  lifeSeconds: number,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ wait: number }[]>`
    SELECT ceil(extract(epoch FROM expires_at + make_interval(secs => ${budget.seconds - lifeSeconds}) - clock_timestamp()))::int AS wait
    FROM otps
    WHERE expires_at > clock_timestamp() - make_interval(secs => ${budget.seconds - lifeSeconds}) AND send_failed_at IS NULL
    ORDER BY expires_at DESC OFFSET ${budget.points - 1} LIMIT 1`;
  return Math.max(0, row?.wait ?? 0);
}

/** Notes whether the message of a code was taken. */
export async function markSending(tx: Tx, id: string, isSent: boolean): Promise<void> {
  await tx.$executeRaw`
    UPDATE otps SET send_failed_at = CASE WHEN ${isSent}::boolean THEN NULL ELSE clock_timestamp() END
    WHERE id = ${id}::uuid AND (send_failed_at IS NULL) <> ${isSent}::boolean`;
}

/** Ends the codes that this browser still has open for the same thing, and forgets what waited for them. */
export async function voidCodes(
  tx: Tx,
  open: { browserHash: string; purpose: CodePurpose; kind: AccountKind },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE otps SET consumed_at = coalesce(consumed_at, clock_timestamp()), pending = NULL
    WHERE browser_hash = ${open.browserHash} AND ${isFor(open.purpose)} AND account_type = ${open.kind}
      AND (consumed_at IS NULL OR pending IS NOT NULL)`;
}

/** Writes a code that lives for so many seconds from the database's now. */
export async function insertCode(tx: Tx, row: CodeRow, lifeSeconds: number): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO otps (id, phone, code, purpose, step, account_type, account_id, browser_hash, pending, created_at, expires_at)
    SELECT ${row.id}::uuid, ${row.phone}, ${row.code}, ${inRow(row.purpose).purpose}, ${inRow(row.purpose).step}, ${row.accountType}, ${row.accountId}::uuid,
      ${row.browserHash}, ${JSON.stringify(row.pending)}::jsonb, now, now + make_interval(secs => ${lifeSeconds})
    FROM clock_timestamp() AS now`;
}

/** The newest code of a browser for one thing, whatever became of it; none after an hour. */
export async function findNewestCode(
  tx: Tx,
  open: { browserHash: string; purpose: CodePurpose; kind: AccountKind },
): Promise<(CodeRow & { resendInSeconds: number; isConsumed: boolean }) | null> {
  const [row] = await tx.$queryRaw<(CodeRow & { resendInSeconds: number; isConsumed: boolean })[]>`
    SELECT ${columns}, consumed_at IS NOT NULL AS "isConsumed",
      greatest(0, ceil(extract(epoch FROM created_at + make_interval(secs => ${resendAfterSeconds}) - clock_timestamp())))::int
        AS "resendInSeconds"
    FROM otps
    WHERE browser_hash = ${open.browserHash} AND ${isFor(open.purpose)} AND account_type = ${open.kind}
      AND created_at > clock_timestamp() - interval '1 hour'
    ORDER BY created_at DESC LIMIT 1`;
  return row ?? null;
}

/** The code that a message is about; null when it was voided or used before it could be sent. */
export async function findCodeToSend(tx: Tx, id: string): Promise<CodeRow | null> {
  const [row] = await tx.$queryRaw<CodeRow[]>`
    SELECT ${columns} FROM otps
    WHERE id = ${id}::uuid AND consumed_at IS NULL AND expires_at > clock_timestamp()`;
  return row ?? null;
}

/**
 * Takes one of a code's attempts; null when it has none left, has lapsed or was used. One statement, so that
 * a hundred guesses at once are no more than the attempts there are. Commit it before judging the guess.
 */
export async function takeAttempt(
  tx: Tx,
  id: string,
  maxAttempts: number,
): Promise<(CodeRow & { attemptCount: number }) | null> {
  const [row] = await tx.$queryRaw<(CodeRow & { attemptCount: number })[]>`
    UPDATE otps SET attempt_count = attempt_count + 1
    WHERE id = ${id}::uuid AND consumed_at IS NULL AND expires_at > clock_timestamp() AND attempt_count < ${maxAttempts}
    RETURNING ${columns}, attempt_count AS "attemptCount"`;
  return row ?? null;
}

/** Uses a code up. Of any number at once, one is told true. */
export async function consumeCode(tx: Tx, id: string): Promise<boolean> {
  const used = await tx.$executeRaw`
    UPDATE otps SET consumed_at = clock_timestamp(), pending = NULL WHERE id = ${id}::uuid AND consumed_at IS NULL`;
  return used === 1;
}
