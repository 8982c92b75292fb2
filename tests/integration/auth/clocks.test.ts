import { afterEach, describe, expect, it, vi } from 'vitest';
import { findSession } from '#lib/auth/session/find-session.ts';
import { rotateSession } from '#lib/auth/session/rotate-session.ts';
import { sealClaims } from '#lib/auth/session/session-token.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { verifyPhone } from '#lib/auth/verify-phone.ts';
import { ageCodes, newestCode, newSignUp, signUpAndVerify, useIdentity } from '#tests/support/identity.ts';

const database = useIdentity(1000);
afterEach(() => vi.useRealTimers());

const wrong = (minutes: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + minutes * 60_000 });

async function waiting() {
  const request = newSignUp();
  await signUp(request);
  const { code } = await newestCode(database(), request.phone);
  const device = { address: request.address, userAgent: null };
  return { ...request, type: () => verifyPhone({ ...request, code, device, replaces: null }) };
}

describe.each([10, -10])('with the clock of this machine wrong by %i minutes', (minutes) => {
  it('a code lives its two minutes, no more and no less', async () => {
    const good = await waiting();
    const late = await waiting();
    await ageCodes(database(), late.phone, 121);
    wrong(minutes);
    expect((await good.type()).ok).toBe(true);
    expect(await late.type()).toMatchObject({ code: 'auth.codeExpired' });
    const made = await waiting();
    await ageCodes(database(), made.phone, 100);
    expect((await made.type()).ok).toBe(true);
  });

  it('a session lives and ends by the clock of the database', async () => {
    const { claims } = await signUpAndVerify(database());
    const raw = await sealClaims(claims);
    wrong(minutes);
    expect(await findSession('user', raw)).not.toBeNull();
    expect(await rotateSession('user', claims)).toMatchObject({ ok: true, value: { gen: 1 } });
    await database().query(`UPDATE sessions SET expires_at = now() - interval '1 second' WHERE id = $1`, [
      claims.sid,
    ]);
    expect(await findSession('user', raw)).toBeNull();
  });
});
