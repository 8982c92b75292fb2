import { Secret, TOTP } from 'otpauth';
import { beforeEach, describe, expect, it } from 'vitest';
import { grantAdmin, revokeAdmin } from '#lib/admin/account/grant-admin.ts';
import { adminStanding } from '#lib/auth/admin/admin-standing.ts';
import { beginFactor, confirmFactor } from '#lib/auth/factor/enrol-factor.ts';
import { proveFactor } from '#lib/auth/factor/prove-factor.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { must } from '#tests/support/galleries.ts';
import { signUpAndVerify, useIdentity } from '#tests/support/identity.ts';

const database = useIdentity(1000);

async function person() {
  const { accountId, claims, phone } = await signUpAndVerify(database());
  return { phone, actor: { kind: 'user', userId: accountId, sessionId: claims.sid } as UserActor };
}

const codeAt = (secret: string, steps = 0) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

const standing = async (actor: UserActor) => (await adminStanding(actor))?.standing ?? 'none';

/** As if the last code had been taken long ago. */
const forgetStep = (actor: UserActor) =>
  database().query('UPDATE admin_factors SET last_step = 0 WHERE user_id = $1', [actor.userId]);
const signInAnew = (actor: UserActor) =>
  database().query('UPDATE sessions SET factor_proved_at = NULL WHERE id = $1', [actor.sessionId]);

describe('getting a second factor', () => {
  it('is for administrators alone, and opens the session that did it', async () => {
    const { actor, phone } = await person();
    expect(await beginFactor(actor)).toMatchObject({ ok: false, code: 'notFound' });
    expect(await standing(actor)).toBe('none');
    must(await grantAdmin(phone));
    expect(await standing(actor)).toBe('unenrolled');
    const { secret, uri, qrSvg } = must(await beginFactor(actor));
    expect(uri).toMatch(/^otpauth:\/\/totp\/AI%20Stayler:localhost(%3A|:)3000\?/);
    expect(qrSvg).toMatch(/^<svg /);
    expect(await standing(actor)).toBe('unenrolled');
    expect(await confirmFactor(actor, codeAt(secret, 40))).toMatchObject({ code: 'auth.codeWrong' });
    const { recoveryCodes } = must(await confirmFactor(actor, codeAt(secret)));
    expect(new Set(recoveryCodes).size).toBe(10);
    expect(await standing(actor)).toBe('fresh');
    // What the database keeps tells nobody the secret or a code.
    const kept = JSON.stringify([
      await database().query('SELECT * FROM admin_factors'),
      await database().query('SELECT * FROM admin_recovery_codes'),
      await database().query('SELECT * FROM audit_logs'),
    ]);
    for (const hidden of [secret, ...recoveryCodes]) expect(kept).not.toContain(hidden);
  });

  it('happens once: an administrator who has one cannot be given another by a browser', async () => {
    const { actor, phone } = await person();
    must(await grantAdmin(phone));
    const { secret } = must(await beginFactor(actor));
    must(await confirmFactor(actor, codeAt(secret)));
    expect(await beginFactor(actor)).toMatchObject({ code: 'state.illegal' });
    expect(await confirmFactor(actor, codeAt(secret, 1))).toMatchObject({ code: 'state.illegal' });
  });

  it('needs a session of the last hour', async () => {
    const { actor, phone } = await person();
    must(await grantAdmin(phone));
    await database().query("UPDATE sessions SET created_at = now() - interval '61 minutes' WHERE id = $1", [
      actor.sessionId,
    ]);
    for (const answer of [await beginFactor(actor), await proveFactor(actor, '123456')]) {
      expect(answer).toMatchObject({ ok: false, code: 'auth.sessionOld' });
    }
  });
});

describe('showing a second factor', () => {
  let actor: UserActor;
  let phone: Awaited<ReturnType<typeof person>>['phone'];
  let secret: string;
  let recoveryCodes: string[];
  beforeEach(async () => {
    ({ actor, phone } = await person());
    must(await grantAdmin(phone));
    ({ secret } = must(await beginFactor(actor)));
    ({ recoveryCodes } = must(await confirmFactor(actor, codeAt(secret))));
    await signInAnew(actor);
    expect(await standing(actor)).toBe('unproved');
  });

  it('opens with a code of now, or of the half minute before or after, and with no other', async () => {
    for (const steps of [-1, 0, 1]) {
      await forgetStep(actor);
      await signInAnew(actor);
      must(await proveFactor(actor, codeAt(secret, steps)));
      expect(await standing(actor)).toBe('fresh');
    }
    await forgetStep(actor);
    await signInAnew(actor);
    for (const code of [codeAt(secret, -4), codeAt(secret, 4), codeAt('ABCDEFGHIJKLMNOP'), 'AAAAA-AAAAA']) {
      expect(await proveFactor(actor, code)).toMatchObject({ ok: false, code: 'auth.codeWrong' });
    }
    expect(await standing(actor)).toBe('unproved');
  });

  it('takes no code twice: not the one it was set up with, not one shown since, not an older one', async () => {
    expect(await proveFactor(actor, codeAt(secret))).toMatchObject({ code: 'auth.codeWrong' });
    must(await proveFactor(actor, codeAt(secret, 1)));
    await signInAnew(actor);
    for (const steps of [1, 0, -1]) {
      expect(await proveFactor(actor, codeAt(secret, steps))).toMatchObject({ code: 'auth.codeWrong' });
    }
  });

  it('takes a code once when twenty browsers show it at once', async () => {
    const code = codeAt(secret, 1);
    const all = await Promise.all(Array.from({ length: 20 }, () => proveFactor(actor, code)));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('takes each recovery code once, however it is typed, and writes down how it opened', async () => {
    const [first = '', second = ''] = recoveryCodes;
    must(await proveFactor(actor, first.toLowerCase().replace('-', '')));
    expect(await standing(actor)).toBe('fresh');
    await signInAnew(actor);
    expect(await proveFactor(actor, first)).toMatchObject({ code: 'auth.codeWrong' });
    must(await proveFactor(actor, second));
    const told = await database().query(
      "SELECT metadata->>'by' AS by, metadata->>'left' AS left FROM audit_logs WHERE action = 'factor.prove' AND user_id = $1 ORDER BY created_at",
      [actor.userId],
    );
    expect(told).toEqual([
      { by: 'recovery', left: '9' },
      { by: 'recovery', left: '8' },
    ]);
  });

  it('ends with the grant: a user who is made an administrator again sets it up again', async () => {
    must(await proveFactor(actor, codeAt(secret, 1)));
    must(await revokeAdmin(phone));
    expect(await standing(actor)).toBe('none');
    must(await grantAdmin(phone, 'support'));
    expect(await adminStanding(actor)).toMatchObject({ role: 'support', standing: 'unenrolled' });
    const next = must(await beginFactor(actor));
    // A session that showed the former factor has not shown this one.
    await database().query(
      "UPDATE admin_factors SET confirmed_at = clock_timestamp() + interval '1 second' WHERE user_id = $1",
      [actor.userId],
    );
    expect(next.secret).not.toBe(secret);
    expect(await standing(actor)).toBe('unproved');
    expect(await revokeAdmin(phone)).toMatchObject({ ok: true });
    expect(await revokeAdmin(phone)).toMatchObject({ ok: false, code: 'notFound' });
  });
});

it('what is sealed opens for its own purpose and person alone, and not when a bit of it is another', async () => {
  const { seal, unseal } = await import('#lib/core/seal.ts');
  const sealed = seal('admin.factor', 'me', 'secret');
  expect(unseal('admin.factor', 'me', sealed)).toBe('secret');
  expect(seal('admin.factor', 'me', 'secret')).not.toBe(sealed);
  expect(unseal('admin.factor', 'you', sealed)).toBeNull();
  expect(unseal('session.user', 'me', sealed)).toBeNull();
  const bytes = Buffer.from(sealed, 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const other = Buffer.from(bytes);
    other[at] = (other[at] ?? 0) ^ 1;
    expect(unseal('admin.factor', 'me', other.toString('base64url'))).toBeNull();
  }
  expect(unseal('admin.factor', 'me', '')).toBeNull();
});
