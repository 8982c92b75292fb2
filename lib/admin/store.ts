import type { Phone } from '#lib/core/phone.ts';
import type { Tx } from '#lib/db/transact.ts';

/** Makes the active user with this number an administrator; their id, or null when there is no such user. */
export async function insertAdminGrant(tx: Tx, phone: Phone): Promise<string | null> {
  const rows = await tx.$queryRaw<{ userId: string }[]>`
    INSERT INTO admin_grants (user_id)
    SELECT id FROM users WHERE phone = ${phone} AND is_active AND is_phone_verified
    ON CONFLICT (user_id) DO UPDATE SET granted_at = admin_grants.granted_at
    RETURNING user_id::text AS "userId"`;
  return rows[0]?.userId ?? null;
}
