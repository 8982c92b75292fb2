import { describe, expect, it } from 'vitest';
import { findSession } from '#lib/auth/session/find-session.ts';
import { listDevices } from '#lib/auth/session/list-devices.ts';
import { actorOf } from '#lib/auth/session/open-session.ts';
import { revokeOtherSessions, revokeSession } from '#lib/auth/session/revoke-sessions.ts';
import { rotateSession } from '#lib/auth/session/rotate-session.ts';
import { type SessionClaims, sealClaims } from '#lib/auth/session/session-token.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { sweepIdentity } from '#lib/auth/sweep-identity.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { listNotices } from '#lib/notifications/notice/read-notices.ts';
import { sweepNotices } from '#lib/notifications/notice/sweep-notices.ts';
import { newAddress, password, signUpAndVerify, useIdentity } from '#tests/support/identity.ts';

const database = useIdentity(1000);
const android =
  'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36';
const newerAndroid = android.replace('130', '140');

const isAlive = async (claims: SessionClaims) =>
  (await findSession(claims.realm, await sealClaims(claims))) !== null;

async function person() {
  const { phone, claims, accountId } = await signUpAndVerify(database());
  const actor = actorOf('user', accountId, claims.sid) as UserActor;
  const enter = async (userAgent: string | null) => {
    const device = { address: newAddress(), userAgent };
    const opened = await signIn({ kind: 'user', phone, password, device, replaces: null });
    if (!opened.ok) throw new Error(opened.detail);
    return opened.value;
  };
  const notices = () => listNotices({ kind: 'user', accountId });
  return { claims, accountId, actor, enter, notices };
}

describe('the devices of an account', () => {
  it('are listed with this one first, in words and without an address', async () => {
    const { actor, claims, enter } = await person();
    await enter(android);
    const devices = await listDevices(actor);
    expect(devices).toHaveLength(2);
    expect(devices[0]).toMatchObject({ id: claims.sid, isThisOne: true });
    expect(devices[1]).toMatchObject({ agent: { browser: 'chrome', system: 'android' }, isThisOne: false });
    expect(JSON.stringify(devices)).not.toMatch(/10\.\d|Mozilla|token/);
  });

  it('are signed out one by one, at once and with a line in the audit log', async () => {
    const { actor, claims, enter } = await person();
    const other = await enter(android);
    expect(await revokeSession(actor, other.sid)).toEqual({ ok: true, value: null });
    expect([await isAlive(other), await isAlive(claims)]).toEqual([false, true]);
    expect(await revokeSession(actor, other.sid)).toMatchObject({ code: 'notFound' });
    const events = await database().query(
      `SELECT 1 FROM audit_logs WHERE action = 'session.revoke' AND resource_id = $1`,
      [other.sid],
    );
    expect(events).toHaveLength(1);
  });

  it('are signed out all but this one', async () => {
    const { actor, claims, enter } = await person();
    const others = [await enter(android), await enter(null), await enter('curl')];
    expect(await revokeOtherSessions(actor)).toEqual({ ok: true, value: { ended: 3 } });
    expect(await Promise.all(others.map(isAlive))).toEqual([false, false, false]);
    expect(await isAlive(claims)).toBe(true);
  });

  it('of somebody else are not found', async () => {
    const [mine, theirs] = [await person(), await person()];
    expect(await revokeSession(mine.actor, theirs.claims.sid)).toMatchObject({ ok: false, code: 'notFound' });
    expect(await isAlive(theirs.claims)).toBe(true);
  });
});

describe('the owner of an account is told', () => {
  it('of a sign-in from a device that was never used before, once, whatever its version', async () => {
    const { enter, notices } = await person();
    await enter('test');
    expect(await notices()).toEqual([]);
    await enter(android);
    await enter(newerAndroid);
    expect(await notices()).toMatchObject([
      { kind: 'session.newDevice', data: { browser: 'chrome', system: 'android' }, isRead: false },
    ]);
  });

  it('of a session that ended because its token was used twice', async () => {
    const { claims, notices } = await person();
    const next = await rotateSession('user', claims);
    if (!next.ok || !next.value) throw new Error('not rotated');
    await rotateSession('user', next.value);
    expect(await rotateSession('user', claims)).toEqual({ ok: true, value: null });
    expect(await notices()).toMatchObject([{ kind: 'session.reuse' }]);
  });
});

describe('the sweep', () => {
  it('deletes codes a day after their end, sessions three months after theirs, and keeps the rest', async () => {
    const { accountId, claims } = await person();
    await database().query(
      `INSERT INTO otps (phone, code, purpose, expires_at) VALUES
         ('+981', 'h', 'phone_verify', now() - interval '26 hours'), ('+982', 'h', 'phone_verify', now() - interval '24 hours')`,
    );
    await database().query(
      `INSERT INTO sessions (user_id, refresh_token_hash, expires_at, revoked_at) VALUES
         ($1, 'old', now() + interval '1 day', now() - interval '91 days'), ($1, 'young', now() - interval '80 days', NULL)`,
      [accountId],
    );
    expect(await sweepIdentity()).toEqual({ codes: 1, sessions: 1 });
    expect(await database().query(`SELECT phone FROM otps WHERE phone IN ('+981', '+982')`)).toEqual([
      { phone: '+982' },
    ]);
    expect(await isAlive(claims)).toBe(true);
  });

  it('deletes kept messages after a week and notices after half a year', async () => {
    const { accountId } = await person();
    await database().query(
      `INSERT INTO outbox_messages (id, phone, text, created_at) VALUES
         (gen_random_uuid(), 'p', 'old', now() - interval '8 days'), (gen_random_uuid(), 'p', 'young', now() - interval '6 days')`,
    );
    await database().query(
      `INSERT INTO notifications (user_id, kind, created_at) VALUES ($1, 'session.reuse', now() - interval '181 days')`,
      [accountId],
    );
    expect(await sweepNotices()).toBe(2);
    expect(await database().query('SELECT text FROM outbox_messages')).toEqual([{ text: 'young' }]);
  });
});
