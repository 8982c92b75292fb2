import type { Tx } from '#lib/db/transact.ts';

/** Second factors of administrators, under the lock of their row. */

export type FactorRow = {
  readonly sealedSecret: string;
  readonly isConfirmed: boolean;
  /** The database's clock, in epoch seconds. */
  readonly now: number;
};

/** Puts a secret in the place of one that was never confirmed; false when the administrator has a factor. */
export async function putFactor(tx: Tx, userId: string, sealedSecret: string): Promise<boolean> {
  const put = await tx.$executeRaw`
    INSERT INTO admin_factors (user_id, sealed_secret) VALUES (${userId}::uuid, ${sealedSecret})
    ON CONFLICT (user_id) DO UPDATE SET sealed_secret = EXCLUDED.sealed_secret, created_at = clock_timestamp()
      WHERE admin_factors.confirmed_at IS NULL`;
  return put === 1;
}

export async function lockFactor(tx: Tx, userId: string): Promise<FactorRow | null> {
  const [row] = await tx.$queryRaw<FactorRow[]>`
    SELECT sealed_secret AS "sealedSecret", confirmed_at IS NOT NULL AS "isConfirmed",
      extract(epoch FROM clock_timestamp())::float8 AS now
    FROM admin_factors WHERE user_id = ${userId}::uuid FOR UPDATE`;
  return row ?? null;
}

/** Takes a step once: false when it, or a later one, was taken before. Confirms the factor with its first. */
export async function takeStep(tx: Tx, userId: string, step: number): Promise<boolean> {
  const taken = await tx.$executeRaw`
    UPDATE admin_factors SET last_step = ${step}, confirmed_at = coalesce(confirmed_at, clock_timestamp())
    WHERE user_id = ${userId}::uuid AND last_step < ${step}`;
  return taken === 1;
}

/** Gives an administrator these recovery codes and no others. */
export async function replaceRecoveryCodes(tx: Tx, userId: string, hashes: readonly string[]): Promise<void> {
  await tx.adminRecoveryCode.deleteMany({ where: { userId } });
  await tx.adminRecoveryCode.createMany({ data: hashes.map((codeHash) => ({ userId, codeHash })) });
}

/** Uses a recovery code up; how many are left, null when there is no such unused code. */
export async function takeRecoveryCode(tx: Tx, userId: string, codeHash: string): Promise<number | null> {
  const used = await tx.$executeRaw`
    UPDATE admin_recovery_codes SET used_at = clock_timestamp()
    WHERE user_id = ${userId}::uuid AND code_hash = ${codeHash} AND used_at IS NULL`;
  return used === 1 ? tx.adminRecoveryCode.count({ where: { userId, usedAt: null } }) : null;
}

/** Opens administration to one live session. */
export async function markProved(tx: Tx, userId: string, sessionId: string): Promise<boolean> {
  const marked = await tx.$executeRaw`
    UPDATE sessions SET factor_proved_at = clock_timestamp()
    WHERE id = ${sessionId}::uuid AND user_id = ${userId}::uuid AND revoked_at IS NULL`;
  return marked === 1;
}
