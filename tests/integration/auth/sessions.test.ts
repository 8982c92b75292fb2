import { describe, expect, it } from 'vitest';
import { findSession } from '#lib/auth/session/find-session.ts';
import { rotateSession } from '#lib/auth/session/rotate-session.ts';
import { type SessionClaims, sealClaims } from '#lib/auth/session/session-token.ts';
import { signUpAndVerify, useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();

const isAlive = async (claims: SessionClaims) =>
  (await findSession(claims.realm, await sealClaims(claims))) !== null;

async function rotated(claims: SessionClaims): Promise<SessionClaims> {
  const result = await rotateSession(claims.realm, claims);
  if (!result.ok || !result.value) throw new Error('not rotated');
  return result.value;
}

const row = async (claims: SessionClaims) =>
  (await database().query('SELECT * FROM sessions WHERE id = $1', [claims.sid]))[0];

/** As if the current token had been presented so long ago. */
const ageUse = (claims: SessionClaims, seconds: number) =>
  database().query('UPDATE sessions SET current_used_at = now() - make_interval(secs => $2) WHERE id = $1', [
    claims.sid,
    seconds,
  ]);

describe('a session', () => {
  it.each([
    ['revoked', 'UPDATE sessions SET revoked_at = now() WHERE id = $1'],
    ['idle too long', `UPDATE sessions SET expires_at = now() - interval '1 second' WHERE id = $1`],
    ['too old', `UPDATE sessions SET absolute_expires_at = now() - interval '1 second' WHERE id = $1`],
    [
      'of a suspended account',
      'UPDATE users SET is_active = false WHERE id = (SELECT user_id FROM sessions WHERE id = $1)',
    ],
  ])('that is %s opens nothing', async (_, change) => {
    const { claims } = await signUpAndVerify(database());
    expect(await isAlive(claims)).toBe(true);
    await database().query(change, [claims.sid]);
    expect(await isAlive(claims)).toBe(false);
  });

  it('of a user opens nothing of a vendor', async () => {
    const { claims } = await signUpAndVerify(database());
    expect(await findSession('vendor', await sealClaims(claims))).toBeNull();
    expect(await findSession('vendor', await sealClaims({ ...claims, realm: 'vendor' }))).toBeNull();
  });

  it('opens nothing with a cookie that names another account', async () => {
    const [mine, other] = [await signUpAndVerify(database()), await signUpAndVerify(database())];
    expect(await isAlive({ ...mine.claims, sub: other.accountId })).toBe(false);
  });

  it('opens nothing with a cookie that we did not seal', async () => {
    const { claims } = await signUpAndVerify(database());
    const raw = await sealClaims(claims);
    const forged = `${raw.slice(0, -2)}${raw.endsWith('AA') ? 'BB' : 'AA'}`;
    expect(await findSession('user', forged)).toBeNull();
    expect(await findSession('user', 'nonsense')).toBeNull();
  });
});

describe('a session token on a way that nobody exchanges it on', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const noticed = async (claims: SessionClaims) => [
    (
      await database().query("SELECT 1 FROM audit_logs WHERE action = 'session.reuse' AND resource_id = $1", [
        claims.sid,
      ])
    ).length,
    (
      await database().query("SELECT 1 FROM notifications WHERE kind = 'session.reuse' AND user_id = $1", [
        claims.sub,
      ])
    ).length,
  ];

  it('opens nothing once it has lapsed, and harms nobody by it', async () => {
    const { claims } = await signUpAndVerify(database());
    for (const ax of [0, now() - 1, now()]) expect(await isAlive({ ...claims, ax })).toBe(false);
    expect(await isAlive(claims)).toBe(true);
    expect(await noticed(claims)).toEqual([0, 0]);
  });

  it('is still taken from a tab that came late, for a minute', async () => {
    const { claims } = await signUpAndVerify(database());
    const next = await rotated(claims);
    expect([await isAlive(next), await isAlive(claims)]).toEqual([true, true]);
    await ageUse(claims, 50);
    expect(await isAlive(claims)).toBe(true);
  });

  it.each([
    ['lapsed', 0],
    ['not lapsed', Number.MAX_SAFE_INTEGER],
  ])('is theft after that, %s: the session ends for both and its owner is told, once', async (_, ax) => {
    const { claims } = await signUpAndVerify(database());
    const next = await rotated(claims);
    expect(await isAlive(next)).toBe(true);
    await ageUse(claims, 61);
    expect(await isAlive({ ...claims, ax })).toBe(false);
    expect(await isAlive({ ...claims, ax })).toBe(false);
    expect(await isAlive(next)).toBe(false);
    expect(await noticed(claims)).toEqual([1, 1]);
  });

  it('two exchanges old is theft at once', async () => {
    const { claims } = await signUpAndVerify(database());
    const newest = await rotated(await rotated(claims));
    expect(await isAlive(claims)).toBe(false);
    expect(await isAlive(newest)).toBe(false);
  });

  it('that we did not make opens nothing, and harms nobody by it', async () => {
    const { claims } = await signUpAndVerify(database());
    for (const gen of [0, 1, 7]) expect(await isAlive({ ...claims, gen, rt: 'x'.repeat(43) })).toBe(false);
    expect(await isAlive(claims)).toBe(true);
  });
});

describe('the exchange of a session token', () => {
  it('gives the next token and keeps the session alive', async () => {
    const { claims } = await signUpAndVerify(database());
    const next = await rotated(claims);
    expect(next.gen).toBe(1);
    expect(next.rt).not.toBe(claims.rt);
    expect(await isAlive(next)).toBe(true);
  });

  it('happens once when twenty tabs ask at once, and all of them get the same token', async () => {
    const { claims } = await signUpAndVerify(database());
    const all = await Promise.all(Array.from({ length: 20 }, () => rotated(claims)));
    expect(new Set(all.map(({ rt }) => rt)).size).toBe(1);
    expect((await row(claims))?.rotation_counter).toBe(1);
    expect(await isAlive(claims)).toBe(true);
  });

  it('gives the current token again to the one before, while nobody has used the current one', async () => {
    const { claims } = await signUpAndVerify(database());
    const next = await rotated(claims);
    expect((await rotated(claims)).rt).toBe(next.rt);
    expect((await row(claims))?.rotation_counter).toBe(1);
  });

  it('forgives the one before for a minute after the current one was used', async () => {
    const { claims } = await signUpAndVerify(database());
    const next = await rotated(claims);
    expect(await isAlive(next)).toBe(true);
    await ageUse(claims, 50);
    expect((await rotated(claims)).rt).toBe(next.rt);
  });

  it('takes the one before for theft after that: the newest token is dead too, and it is written down', async () => {
    const { claims } = await signUpAndVerify(database());
    const next = await rotated(claims);
    expect(await isAlive(next)).toBe(true);
    await ageUse(claims, 61);
    expect(await rotateSession('user', claims)).toEqual({ ok: true, value: null });
    expect(await isAlive(next)).toBe(false);
    expect(await rotateSession('user', next)).toEqual({ ok: true, value: null });
    const events = await database().query(
      `SELECT 1 FROM audit_logs WHERE action = 'session.reuse' AND resource_id = $1`,
      [claims.sid],
    );
    expect(events).toHaveLength(1);
  });

  it('takes a token two exchanges old for theft at once', async () => {
    const { claims } = await signUpAndVerify(database());
    const newest = await rotated(await rotated(claims));
    await rotateSession('user', claims);
    expect(await isAlive(newest)).toBe(false);
  });

  it('refuses a token that we did not make, and harms nobody by it', async () => {
    const { claims } = await signUpAndVerify(database());
    for (const gen of [0, 1, 7]) {
      const forged = { ...claims, gen, rt: 'x'.repeat(43) };
      expect(await rotateSession('user', forged)).toEqual({ ok: true, value: null });
    }
    expect(await isAlive(claims)).toBe(true);
  });
});
