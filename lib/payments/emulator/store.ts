import { db } from '#lib/db/client.ts';

/** The sessions of our emulator of gateways: an authority of letters is ZarinPal's, a number is Zibal's. Its clock is the database's plus an offset, so that time can be moved. */

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

export async function nextNumber(): Promise<bigint> {
  const rows = await db().$queryRaw<
    { number: bigint }[]
  >`SELECT nextval('zarinpal_emulator.authorities') AS number`;
  return rows[0]?.number ?? 0n;
}

export type NewGatewaySession = {
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

export async function insertSession(session: NewGatewaySession): Promise<void> {
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
