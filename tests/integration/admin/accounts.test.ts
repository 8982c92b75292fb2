import { describe, expect, test } from 'vitest';
import { grantQuota } from '#lib/admin/account/grant-quota.ts';
import { listAccounts, readAccountFilter, readAccountSearch } from '#lib/admin/account/list-accounts.ts';
import { endSessions, restoreAccount, suspendAccount } from '#lib/admin/account/suspend-account.ts';
import { verifyVendor } from '#lib/admin/account/verify-vendor.ts';
import { findSession } from '#lib/auth/session/find-session.ts';
import { sealClaims } from '#lib/auth/session/session-token.ts';
import { invariants } from '#lib/db/invariants.ts';
import { newAdmin, reason, toldOf } from '#tests/support/admin.ts';
import { newUser, newVendor } from '#tests/support/files.ts';
import { signUpAndVerify, useIdentity } from '#tests/support/identity.ts';

const database = useIdentity(1000);

describe('suspending', () => {
  test('ends every session in the same commit, and says why', async () => {
    const admin = await newAdmin();
    const person = await signUpAndVerify(database(), 'user');
    const cookie = await sealClaims(person.claims);
    expect(await findSession('user', cookie)).not.toBeNull();
    const account = { kind: 'user', id: person.accountId } as const;
    expect(await suspendAccount(admin, { ...account, suspendedFor: 'safety' })).toEqual({
      ok: true,
      value: { ended: 1 },
    });
    expect(await findSession('user', cookie)).toBeNull();
    expect(await toldOf(database(), admin)).toEqual([
      {
        action: 'account.suspend',
        resourceId: person.accountId,
        metadata: { ended: 1, suspendedFor: 'safety', reason },
      },
    ]);
    // Being restored opens the account, not the sessions that were ended.
    const saidFor = () =>
      database().query('SELECT suspended_for FROM users WHERE id = $1', [person.accountId]);
    expect(await saidFor()).toEqual([{ suspended_for: 'safety' }]);
    expect(await restoreAccount(admin, account)).toEqual({ ok: true, value: null });
    expect(await saidFor()).toEqual([{ suspended_for: null }]);
    expect(await findSession('user', cookie)).toBeNull();
  });

  test('by two administrators at once happens once; the other is told that it has', async () => {
    const admins = await Promise.all([newAdmin(), newAdmin()]);
    const { vendorId } = await newVendor();
    const answers = await Promise.all(
      admins.map((admin) => suspendAccount(admin, { kind: 'vendor', id: vendorId, suspendedFor: 'abuse' })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ code: 'state.illegal' });
    const told = await Promise.all(admins.map((admin) => toldOf(database(), admin)));
    expect(told.flat()).toHaveLength(1);
  });

  test('oneself, nobody and what was deleted is refused', async () => {
    const admin = await newAdmin();
    expect(
      await suspendAccount(admin, { kind: 'user', id: admin.userId, suspendedFor: 'abuse' }),
    ).toMatchObject({
      code: 'state.illegal',
    });
    const nobody = { kind: 'user', id: '00000000-0000-4000-8000-00000000abcd' } as const;
    expect(await suspendAccount(admin, { ...nobody, suspendedFor: 'abuse' })).toMatchObject({
      code: 'notFound',
    });
    const { userId } = await newUser();
    await database().query(
      "UPDATE users SET is_active = false, phone = 'deleted:' || id, is_phone_verified = false WHERE id = $1",
      [userId],
    );
    expect(await restoreAccount(admin, { kind: 'user', id: userId })).toMatchObject({ code: 'notFound' });
    expect(await toldOf(database(), admin)).toEqual([]);
  });
});

test('ending the sessions of an account leaves it open', async () => {
  const admin = await newAdmin();
  const vendor = await signUpAndVerify(database(), 'vendor');
  expect(await endSessions(admin, { kind: 'vendor', id: vendor.accountId })).toEqual({
    ok: true,
    value: { ended: 1 },
  });
  expect(await findSession('vendor', await sealClaims(vendor.claims))).toBeNull();
  const [row] = await database().query<{ open: boolean }>(
    'SELECT is_active AS open FROM vendors WHERE id = $1',
    [vendor.accountId],
  );
  expect(row?.open).toBe(true);
});

test('the badge is given once, and taken once', async () => {
  const admin = await newAdmin();
  const { vendorId } = await newVendor(false);
  expect((await verifyVendor(admin, { id: vendorId, isVerified: true })).ok).toBe(true);
  expect(await verifyVendor(admin, { id: vendorId, isVerified: true })).toMatchObject({
    code: 'state.illegal',
  });
  expect((await verifyVendor(admin, { id: vendorId, isVerified: false })).ok).toBe(true);
  expect((await toldOf(database(), admin)).map(({ action }) => action)).toEqual([
    'vendor.verify',
    'vendor.unverify',
  ]);
});

describe('granting', () => {
  test('adds to what is free, and every invariant still holds', async () => {
    const admin = await newAdmin();
    const { userId } = await newUser();
    const { vendorId } = await newVendor();
    expect(await grantQuota(admin, { kind: 'user', id: userId, amount: 5 })).toEqual({
      ok: true,
      value: { remaining: 7 },
    });
    expect(await grantQuota(admin, { kind: 'vendor', id: vendorId, amount: -10 })).toEqual({
      ok: true,
      value: { remaining: 0 },
    });
    for (const { key, violations } of invariants) expect(await database().query(violations), key).toEqual([]);
    const [grant] = await database().query(
      'SELECT reason, granted_by, amount FROM quota_grants WHERE user_id = $1',
      [userId],
    );
    expect(grant).toEqual({ reason, granted_by: admin.userId, amount: 5 });
  });

  test('takes back no more than is left, also when two take at once', async () => {
    const [one, two] = [await newAdmin(), await newAdmin()];
    const { userId } = await newUser();
    const take = (admin: typeof one) => grantQuota(admin, { kind: 'user', id: userId, amount: -2 });
    const answers = await Promise.all([take(one), take(two)]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.find(({ ok }) => !ok)).toMatchObject({ fields: { amount: 'admin.grant.tooMuch' } });
  });
});

describe('searching', () => {
  test('finds a number however it is typed, a part of a name, and a handle', async () => {
    const { vendorId } = await newVendor();
    await database().query(
      "UPDATE vendors SET business_name = 'خانه‌ی نقش', handle = 'naghsh_house' WHERE id = $1",
      [vendorId],
    );
    await database().query("UPDATE vendors SET phone = '+989123456789' WHERE id = $1", [vendorId]);
    for (const typed of ['۰۹۱۲ ۳۴۵ ۶۷۸۹', '+989123456789', 'خانه', 'NAGHSH', '@naghsh_house']) {
      const found = await listAccounts('vendor', readAccountFilter('vendor', { q: typed }));
      expect(
        found.items.map(({ id }) => id),
        typed,
      ).toContain(vendorId);
    }
    // What has a meaning in patterns has none here.
    expect((await listAccounts('vendor', readAccountFilter('vendor', { q: '%%%' }))).items).toEqual([]);
    expect((await listAccounts('vendor', readAccountFilter('vendor', { q: 'naghsh\\' }))).items).toEqual([]);
    expect(readAccountSearch('   ')).toBeNull();
  });

  test('pages through everybody once', async () => {
    await database().query(
      `INSERT INTO users (phone, password_hash, is_phone_verified)
       SELECT '+98935' || lpad(n::text, 7, '0'), 'none', true FROM generate_series(1, 70) n`,
    );
    const seen: string[] = [];
    for (let cursor: string | undefined, more = true; more; ) {
      const page = await listAccounts('user', readAccountFilter('user', {}), cursor);
      seen.push(...page.items.map(({ id }) => id));
      more = page.next !== null;
      cursor = page.next ?? undefined;
    }
    const [row] = await database().query<{ n: number }>(
      "SELECT count(*)::int AS n FROM users WHERE phone NOT LIKE 'deleted:%'",
    );
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toHaveLength(row?.n ?? 0);
  });
});
