import type { AdminRole } from '#lib/auth/admin/policy.ts';
import type { Phone } from '#lib/core/phone.ts';
import type { Tx } from '#lib/db/transact.ts';

/** Makes the active user with this number an administrator of a role; their id, or null when there is no such user. */
export async function insertAdminGrant(tx: Tx, phone: Phone, role: AdminRole): Promise<string | null> {
  const rows = await tx.$queryRaw<{ userId: string }[]>`
    INSERT INTO admin_grants (user_id, role)
    SELECT id, ${role} FROM users WHERE phone = ${phone} AND is_active AND is_phone_verified
    ON CONFLICT (user_id) DO UPDATE SET role = EXCLUDED.role
    RETURNING user_id::text AS "userId"`;
  return rows[0]?.userId ?? null;
}

/** Takes a grant away, and the second factor with it; whose it was, null when the number has none. */
export async function deleteAdminGrant(tx: Tx, phone: Phone): Promise<string | null> {
  const rows = await tx.$queryRaw<{ userId: string }[]>`
    DELETE FROM admin_grants g USING users u WHERE u.id = g.user_id AND u.phone = ${phone}
    RETURNING g.user_id::text AS "userId"`;
  return rows[0]?.userId ?? null;
}
