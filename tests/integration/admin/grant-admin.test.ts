import { describe, expect, test } from 'vitest';
import { grantAdmin } from '#lib/admin/account/grant-admin.ts';
import type { Phone } from '#lib/core/phone.ts';
import { newUser } from '#tests/support/files.ts';
import { newPhone, useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();

async function phoneOf(userId: string): Promise<Phone> {
  const [row] = await database().query<{ phone: Phone }>('SELECT phone FROM users WHERE id = $1', [userId]);
  if (!row) throw new Error('no such user');
  return row.phone;
}

describe('making an administrator', () => {
  test('is written down, and a second time changes nothing', async () => {
    const { userId } = await newUser();
    const phone = await phoneOf(userId);
    expect(await grantAdmin(phone)).toEqual({ ok: true, value: { userId } });
    const [first] = await database().query('SELECT granted_at FROM admin_grants WHERE user_id = $1', [
      userId,
    ]);
    expect((await grantAdmin(phone)).ok).toBe(true);
    expect(
      await database().query('SELECT granted_at FROM admin_grants WHERE user_id = $1', [userId]),
    ).toEqual([first]);
    const events = await database().query(
      "SELECT 1 FROM audit_logs WHERE action = 'admin.grant' AND resource_id = $1",
      [userId],
    );
    expect(events.length).toBeGreaterThan(0);
  });

  test('of a number nobody has, or of a suspended user, is refused', async () => {
    expect(await grantAdmin(newPhone())).toMatchObject({ ok: false, code: 'notFound' });
    const { userId } = await newUser();
    await database().query('UPDATE users SET is_active = false WHERE id = $1', [userId]);
    expect(await grantAdmin(await phoneOf(userId))).toMatchObject({ ok: false, code: 'notFound' });
  });
});
