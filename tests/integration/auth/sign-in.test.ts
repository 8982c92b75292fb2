import { describe, expect, it } from 'vitest';
import { findSession } from '#lib/auth/session/find-session.ts';
import { sealClaims } from '#lib/auth/session/session-token.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { signOut } from '#lib/auth/sign-out.ts';
import { suspensionCode, suspensionKinds } from '#lib/auth/suspension.ts';
import { newAddress, newPhone, password, signUpAndVerify, useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();
const device = () => ({ address: newAddress(), userAgent: 'test' });

describe('signing in', () => {
  it('opens a session with the right number and password', async () => {
    const { phone, accountId } = await signUpAndVerify(database());
    const claims = await signIn({ kind: 'user', phone, password, device: device(), replaces: null });
    if (!claims.ok) throw new Error(claims.detail);
    expect(await findSession('user', await sealClaims(claims.value))).toMatchObject({ accountId, phone });
  });

  it('answers an unknown number as it answers a wrong password', async () => {
    const { phone } = await signUpAndVerify(database());
    const wrong = { kind: 'user', password: 'not this one', device: device(), replaces: null } as const;
    const known = await signIn({ ...wrong, phone });
    expect(known).toMatchObject({ ok: false, code: 'auth.badCredentials' });
    expect(await signIn({ ...wrong, phone: newPhone() })).toEqual(known);
  });

  it('does not open an account of the other kind', async () => {
    const { phone } = await signUpAndVerify(database(), 'user');
    const tried = await signIn({ kind: 'vendor', phone, password, device: device(), replaces: null });
    expect(tried).toMatchObject({ ok: false, code: 'auth.badCredentials' });
  });

  it('tells the owner of a suspended account, and nobody else', async () => {
    const { phone, accountId } = await signUpAndVerify(database());
    await database().query('UPDATE users SET is_active = false WHERE id = $1', [accountId]);
    const request = { kind: 'user', phone, device: device(), replaces: null } as const;
    expect(await signIn({ ...request, password })).toMatchObject({ code: 'account.inactive' });
    for (const kind of suspensionKinds) {
      await database().query('UPDATE users SET suspended_for = $2 WHERE id = $1', [accountId, kind]);
      const told = await signIn({ ...request, password });
      expect(told).toMatchObject({ ok: false, code: suspensionCode(kind) });
    }
    expect(new Set(suspensionKinds.map(suspensionCode)).size).toBe(suspensionKinds.length);
    expect(await signIn({ ...request, password: 'not this one' })).toMatchObject({
      code: 'auth.badCredentials',
    });
  });

  it('ends the session that the browser had before', async () => {
    const { phone, claims } = await signUpAndVerify(database());
    const raw = await sealClaims(claims);
    await signIn({ kind: 'user', phone, password, device: device(), replaces: claims });
    expect(await findSession('user', raw)).toBeNull();
  });

  it('refuses the eleventh wrong try at one number from one address in a quarter of an hour', async () => {
    const { phone } = await signUpAndVerify(database());
    const from = device();
    const enter = (secret: string, at = from) =>
      signIn({ kind: 'user', phone, password: secret, device: at, replaces: null });
    // What is right is no guess.
    for (let turn = 0; turn < 12; turn += 1) expect((await enter(password)).ok).toBe(true);
    for (let turn = 0; turn < 10; turn += 1) {
      expect(await enter(`wrong ${turn}`)).toMatchObject({ code: 'auth.badCredentials' });
    }
    expect(await enter(password)).toMatchObject({ ok: false, code: 'rate.limited' });
    expect((await enter(password, device())).ok).toBe(true);
  });

  it('writes a refusal down without the whole number', async () => {
    const { phone, accountId } = await signUpAndVerify(database());
    await signIn({ kind: 'user', phone, password: 'not this one', device: device(), replaces: null });
    const [event] = await database().query(
      `SELECT actor_type, metadata::text AS metadata FROM audit_logs WHERE action = 'session.refuse' AND resource_id = $1`,
      [accountId],
    );
    expect(event?.actor_type).toBe('system');
    expect(event?.metadata).not.toContain(phone.slice(3));
  });
});

describe('signing out', () => {
  it('ends the session at once, and twice is no error', async () => {
    const { claims } = await signUpAndVerify(database());
    const raw = await sealClaims(claims);
    expect(await findSession('user', raw)).not.toBeNull();
    expect((await signOut('user', claims)).ok).toBe(true);
    expect((await signOut('user', claims)).ok).toBe(true);
    expect(await findSession('user', raw)).toBeNull();
  });
});
