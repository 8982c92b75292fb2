import type { AccountKind } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';
import { resendAfterSeconds } from '../policy.ts';

/** Codes in the database. Every "now" here is the database's own. */

/**
 * What a code may be used for. One made for one purpose never serves another. `old_phone` and `new_phone` are the sides of
 * a change of number; `sign_in` is shown by devices that are signed in, and sent to nobody; `messenger` links a chat with a bot.
 */
export type CodePurpose =
  | 'phone_verify'
  | 'password_reset'
  | 'old_phone'
  | 'new_phone'
  | 'sign_in'
  | 'messenger';

export type CodeRow = {
  id: string;
  phone: string;
  code: string;
  purpose: CodePurpose;
  accountType: AccountKind;
  accountId: string | null;
  browserHash: string;
  standing: BrowserStanding;
  pending: unknown;
};

/** A code with the time it still has, and until the next may be asked for. */
type NewestCode = CodeRow & { resendInSeconds: number; endsInSeconds: number; isConsumed: boolean };

/**
 * Who asks for a code: anybody (`stranger`), a browser that waits for this very code already (`waiting`), or one that the
 * account knows or is signed in with (`known`).
 */
export type BrowserStanding = 'stranger' | 'waiting' | 'known';

/** The seed knows two purposes; the others are steps of verifying a phone. */
function inRow(purpose: CodePurpose): { purpose: string; step: string } {
  return purpose === 'phone_verify' || purpose === 'password_reset'
    ? { purpose, step: 'account' }
    : { purpose: 'phone_verify', step: purpose };
}

const isFor = (purpose: CodePurpose) =>
  Prisma.sql`purpose = ${inRow(purpose).purpose} AND step = ${inRow(purpose).step}`;

const columns = Prisma.sql`id, phone, code, CASE step WHEN 'account' THEN purpose ELSE step END AS purpose, account_type AS "accountType", account_id AS "accountId",
  browser_hash AS "browserHash", standing, pending`;

/** Lets only one transaction at a time send codes to a phone, so that they can be counted. */
export async function lockPhone(tx: Tx, phone: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('code:' || ${phone}, 0))`;
}

/** Whose codes for one thing are counted: those to a phone that were asked for with one standing, or those of one browser. */
export type CountedCodes = {
  readonly phone: string;
  readonly purpose: CodePurpose;
  readonly kind: AccountKind;
} & ({ readonly standing: BrowserStanding } | { readonly browserHash: string });

/**
 * Seconds until the window of a budget has room for another code; 0 when it has. Codes whose message was not taken count only
 * where `withFailed` says so: what was tried for a number must not show in how long its page makes somebody wait.
 */
export async function secondsUntilRoom(
  tx: Tx,
  codes: CountedCodes,
  budget: { points: number; seconds: number; withFailed: boolean },
): Promise<number> {
  const whose =
    'standing' in codes
      ? Prisma.sql`standing = ${codes.standing}`
      : Prisma.sql`browser_hash = ${codes.browserHash}`;
  const [row] = await tx.$queryRaw<{ wait: number }[]>`
    SELECT ceil(extract(epoch FROM created_at + make_interval(secs => ${budget.seconds}) - clock_timestamp()))::int AS wait
    FROM otps
    WHERE phone = ${codes.phone} AND account_type = ${codes.kind} AND ${isFor(codes.purpose)} AND ${whose}
      AND created_at > clock_timestamp() - make_interval(secs => ${budget.seconds})
      AND (${budget.withFailed} OR send_failed_at IS NULL)
    ORDER BY created_at DESC OFFSET ${budget.points - 1} LIMIT 1`;
  return Math.max(0, row?.wait ?? 0);
}

/** How long a code may wait for its message before it is taken for one that is never sent. */
const unsentSeconds = 120;

/**
 * Messages of the last hour: those that a provider took and those on their way. `roomIn` is the seconds until there are
 * fewer than `points` of them; 0 when there are.
 */
export async function countMessages(tx: Tx, points: number): Promise<{ messages: number; roomIn: number }> {
  const [row] = await tx.$queryRaw<{ messages: number; roomIn: number | null }[]>`
    WITH taken AS (
      SELECT sent_at AS at FROM otps WHERE sent_at > now() - interval '1 hour'
      UNION ALL
      SELECT created_at FROM otps
      WHERE sent_at IS NULL AND has_message AND send_failed_at IS NULL AND consumed_at IS NULL
        AND created_at > now() - make_interval(secs => ${unsentSeconds})
    )
    SELECT (SELECT count(*)::int FROM taken) AS messages, (
      SELECT ceil(extract(epoch FROM at + interval '1 hour' - clock_timestamp()))::int
      FROM taken ORDER BY at DESC OFFSET ${points - 1} LIMIT 1) AS "roomIn"`;
  return { messages: row?.messages ?? 0, roomIn: Math.max(0, row?.roomIn ?? 0) };
}

/** Notes whether the message of a code was taken. */
export async function markSending(tx: Tx, id: string, isSent: boolean): Promise<void> {
  await tx.$executeRaw`
    UPDATE otps SET send_failed_at = CASE WHEN ${isSent}::boolean THEN NULL ELSE clock_timestamp() END,
      sent_at = CASE WHEN ${isSent}::boolean AND has_message THEN coalesce(sent_at, clock_timestamp()) END
    WHERE id = ${id}::uuid AND sent_at IS NULL`;
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
export async function insertCode(
  tx: Tx,
  row: CodeRow & { hasMessage: boolean },
  lifeSeconds: number,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO otps (id, phone, code, purpose, step, account_type, account_id, browser_hash, standing, has_message, pending, created_at, expires_at)
    SELECT ${row.id}::uuid, ${row.phone}, ${row.code}, ${inRow(row.purpose).purpose}, ${inRow(row.purpose).step}, ${row.accountType}, ${row.accountId}::uuid,
      ${row.browserHash}, ${row.standing}, ${row.hasMessage}, ${JSON.stringify(row.pending)}::jsonb, now, now + make_interval(secs => ${lifeSeconds})
    FROM clock_timestamp() AS now`;
}

/**
 * Lets all live codes of a browser lapse so many seconds from now, but never later than `mostSeconds` after they were
 * made; the seconds until the first of them lapses, null when none lives or may live longer.
 */
export async function extendLiveCodes(
  tx: Tx,
  browserHash: string,
  { lifeSeconds, mostSeconds }: { lifeSeconds: number; mostSeconds: number },
): Promise<number | null> {
  const [row] = await tx.$queryRaw<{ left: number | null }[]>`
    WITH extended AS (
      UPDATE otps SET expires_at = least(clock_timestamp() + make_interval(secs => ${lifeSeconds}),
        created_at + make_interval(secs => ${mostSeconds}))
      WHERE browser_hash = ${browserHash} AND consumed_at IS NULL AND expires_at > clock_timestamp()
        AND expires_at < created_at + make_interval(secs => ${mostSeconds})
      RETURNING expires_at
    )
    SELECT ceil(extract(epoch FROM min(expires_at) - clock_timestamp()))::int AS left FROM extended`;
  return row?.left ?? null;
}

/** The newest code of a browser for one thing, whatever became of it; none after an hour. */
export async function findNewestCode(
  tx: Tx,
  open: { browserHash: string; purpose: CodePurpose; kind: AccountKind },
): Promise<NewestCode | null> {
  const [row] = await tx.$queryRaw<NewestCode[]>`
    SELECT ${columns}, consumed_at IS NOT NULL AS "isConsumed",
      greatest(0, ceil(extract(epoch FROM created_at + make_interval(secs => ${resendAfterSeconds}) - clock_timestamp())))::int
        AS "resendInSeconds",
      greatest(0, ceil(extract(epoch FROM expires_at - clock_timestamp())))::int AS "endsInSeconds"
    FROM otps
    WHERE browser_hash = ${open.browserHash} AND ${isFor(open.purpose)} AND account_type = ${open.kind}
      AND created_at > clock_timestamp() - interval '1 hour'
    ORDER BY created_at DESC LIMIT 1`;
  return row ?? null;
}

/** The code that a message is about; null when it was voided, used or sent before it could be sent. */
export async function findCodeToSend(tx: Tx, id: string): Promise<CodeRow | null> {
  const [row] = await tx.$queryRaw<CodeRow[]>`
    SELECT ${columns} FROM otps
    WHERE id = ${id}::uuid AND consumed_at IS NULL AND expires_at > clock_timestamp() AND sent_at IS NULL`;
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
