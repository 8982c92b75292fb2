import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { deleteAccount } from '#lib/account/delete-account.ts';
import { deletionInput } from '#lib/account/input.ts';
import { findSession } from '#lib/auth/session/find-session.ts';
import { actorOf } from '#lib/auth/session/open-session.ts';
import { sealClaims } from '#lib/auth/session/session-token.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { verifyPhone } from '#lib/auth/verify-phone.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import type { AccountKind, UserActor, VendorActor } from '#lib/core/actor.ts';
import { db } from '#lib/db/client.ts';
import { invariants } from '#lib/db/invariants.ts';
import { publishImage } from '#lib/files/image/publish-image.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { must, painting } from '#tests/support/conversions.ts';
import { filesUnder } from '#tests/support/files.ts';
import { newestCode, newSignUp, password, signUpAndVerify, useIdentity } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';

const database = useIdentity(1000);

async function person<Kind extends AccountKind>(kind: Kind) {
  const made = await signUpAndVerify(database(), kind);
  const { accountId, claims } = made;
  const actor = actorOf(kind, accountId, claims.sid) as Kind extends 'user' ? UserActor : VendorActor;
  const leave = (secret = password) => deleteAccount(actor, { password: secret });
  return { ...made, actor, leave };
}

const count = async (sql: string, ...values: unknown[]) =>
  (await database().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${sql}`, values))[0]?.n;

async function holds() {
  for (const { name, violations } of invariants) expect(await database().query(violations), name).toEqual([]);
}

const stored = () => filesUnder(`${process.env.DATA_DIR}/files`);

describe('a user who leaves', () => {
  it('takes everything along but an anonymous row with its charges', async () => {
    const one = await person('user');
    const { accountId, actor, claims } = one;
    const source = await quarters(200, 150).jpeg().toBuffer();
    const before = (await stored()).length;
    const photo = must(await addPhoto({ userId: accountId, fileName: 'me.jpg', source }));
    const done = must(await requestConversion(actor, { imageId: photo.id, style: 'duotone' }));
    const engine = painting;
    await runConversion(done.id, { engine, signal: new AbortController().signal, isLastTry: true });
    const waiting = must(await requestConversion(actor, { imageId: photo.id, style: 'noir' }));
    expect((await stored()).length).toBeGreaterThan(before);

    expect(await one.leave()).toEqual({ ok: true, value: null });

    const [row] = await database().query('SELECT * FROM users WHERE id = $1', [accountId]);
    expect(row).toMatchObject({
      phone: `deleted:${accountId}`,
      name: null,
      is_active: false,
      is_phone_verified: false,
      password_hash: '',
    });
    expect((await stored()).length).toBe(before);
    for (const table of ['images', 'stored_files', 'sessions', 'notifications', 'uploads', 'agreements']) {
      expect(await count(`${table} WHERE user_id = $1`, accountId), table).toBe(0);
    }
    expect(await count(`otps WHERE phone = $1`, one.phone)).toBe(0);
    const rows = await database().query(
      `SELECT id, status, failure_code, input_file_url, charge_returned_at IS NOT NULL AS returned, deleted_at IS NOT NULL AS gone
         FROM user_conversions WHERE user_id = $1 ORDER BY created_at`,
      [accountId],
    );
    expect(rows).toEqual([
      {
        id: done.id,
        status: 'completed',
        failure_code: null,
        input_file_url: '',
        returned: false,
        gone: true,
      },
      {
        id: waiting.id,
        status: 'failed',
        failure_code: 'cancelled',
        input_file_url: '',
        returned: true,
        gone: true,
      },
    ]);
    expect(await findSession('user', await sealClaims(claims))).toBeNull();
    const entered = await signIn({ ...one, kind: 'user', replaces: null });
    expect(entered).toMatchObject({ ok: false, code: 'auth.badCredentials' });
    const audit = await database().query(
      `SELECT metadata::text AS text FROM audit_logs WHERE action = 'account.delete' AND user_id = $1`,
      [accountId],
    );
    expect(audit).toHaveLength(1);
    expect(JSON.stringify(audit)).not.toContain(one.phone.slice(3));
    await holds();
  });

  it('and comes back with the same phone has no free conversion that was used before', async () => {
    const one = await person('user');
    const photo = must(
      await addPhoto({
        userId: one.accountId,
        fileName: 'me.jpg',
        source: await quarters(80, 60).jpeg().toBuffer(),
      }),
    );
    const { id } = must(await requestConversion(one.actor, { imageId: photo.id, style: 'duotone' }));
    const run = { engine: painting, signal: new AbortController().signal, isLastTry: true };
    await runConversion(id, run);
    let account = one as Pick<typeof one, 'accountId' | 'leave'>;
    // However often: what was used stays used, and is not counted twice.
    for (let round = 0; round < 3; round += 1) {
      expect((await account.leave()).ok).toBe(true);
      await database().query('DELETE FROM otps WHERE phone = $1', [one.phone]);
      const again = newSignUp({ phone: one.phone });
      must(await signUp(again));
      const { code } = await newestCode(database(), one.phone);
      const device = { address: again.address, userAgent: 'test' };
      const claims = must(
        await verifyPhone({ kind: 'user', code, browserHash: again.browserHash, device, replaces: null }),
      );
      const [row] = await database().query<{ free: number }>(
        'SELECT free_quota_remaining AS free FROM users WHERE id = $1',
        [claims.sub],
      );
      expect(row?.free).toBe(1);
      const actor = actorOf('user', claims.sub, claims.sid);
      account = {
        accountId: claims.sub,
        leave: () => deleteAccount(actor as UserActor, { password }),
      };
    }
    await holds();
  });

  it('does not leave without the password, nor while a payment waits at the gateway', async () => {
    const one = await person('user');
    expect(await one.leave('not this one')).toMatchObject({ code: 'input.invalid' });
    await database().query(
      `INSERT INTO payments (user_id, plan_id, amount, callback_url, return_url, gateway_track_id)
       SELECT $1, id, 50000, '/c', '/r', $2 FROM payment_plans WHERE name = 'basic'`,
      [one.accountId, randomUUID()],
    );
    expect(await one.leave()).toMatchObject({ ok: false, code: 'account.paymentOpen' });
    expect(await count('users WHERE id = $1 AND is_active', one.accountId)).toBe(1);
    await database().query(`UPDATE payments SET status = 'cancelled' WHERE user_id = $1`, [one.accountId]);
    expect((await one.leave()).ok).toBe(true);
    expect(await count('payments WHERE user_id = $1', one.accountId)).toBe(1);
  });

  it('leaves once when the button is pressed ten times at once', async () => {
    const one = await person('user');
    const all = await Promise.all(Array.from({ length: 10 }, () => one.leave()));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await count(`audit_logs WHERE action = 'account.delete' AND user_id = $1`, one.accountId)).toBe(1);
  });
});

describe('a vendor who leaves', () => {
  it('takes pictures and albums along; what people made with them stays theirs', async () => {
    const vendor = await person('vendor');
    const guest = await person('user');
    const source = await quarters(200, 150).jpeg().toBuffer();
    const look = must(await addGalleryImage({ vendorId: vendor.accountId, fileName: 'look.jpg', source }));
    await database().query('UPDATE vendors SET is_verified = true WHERE id = $1', [vendor.accountId]);
    must(await publishImage(vendor.actor, look.id));
    const [{ handle } = { handle: '' }] = await database().query<{ handle: string }>(
      'SELECT handle FROM vendors WHERE id = $1',
      [vendor.accountId],
    );
    const photo = must(await addPhoto({ userId: guest.accountId, fileName: 'me.jpg', source }));
    const made = must(await requestConversion(guest.actor, { imageId: photo.id, reference: look.id }));
    const late = must(await requestConversion(guest.actor, { imageId: photo.id, reference: look.id }));
    const run = { engine: painting, signal: new AbortController().signal, isLastTry: true };
    await runConversion(made.id, run);

    expect((await vendor.leave()).ok).toBe(true);

    expect(await count('visible_images WHERE vendor_id = $1', vendor.accountId)).toBe(0);
    expect(await count('images WHERE vendor_id = $1', vendor.accountId)).toBe(0);
    expect(await count('vendors WHERE handle = $1', handle)).toBe(0);
    // The one that was made stays with its owner; the one that waits ends without a charge.
    expect(await db().userConversion.findUnique({ where: { id: made.id } })).toMatchObject({
      status: 'completed',
      styleImageId: null,
      styleName: 'reference',
    });
    expect(await runConversion(late.id, run)).toBe('failed');
    expect(await count('user_conversions WHERE id = $1 AND charge_returned_at IS NOT NULL', late.id)).toBe(1);
    // Nobody can pass for who was there.
    const other = await person('vendor');
    await expect(
      database().query('UPDATE vendors SET handle = $1 WHERE id = $2', [handle, other.accountId]),
    ).rejects.toThrow(/somebody else/);
    await holds();
  });
});

it('is asked for with a word that nobody types by mistake', () => {
  const typed = (confirm: string) => deletionInput.safeParse({ password: 'x', confirm }).success;
  expect([typed('حذف'), typed(' Delete '), typed('yes'), typed('')]).toEqual([true, true, false, false]);
});
