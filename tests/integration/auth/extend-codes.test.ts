import { expect, it } from 'vitest';
import { extendCodes } from '#lib/auth/code/extend-codes.ts';
import { codeExtensions, codeLifeSeconds } from '#lib/auth/policy.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { verifyPhone } from '#lib/auth/verify-phone.ts';
import { ageCodes, newestCode, newSignUp, useIdentity } from '#tests/support/identity.ts';

const database = useIdentity(1000);

async function waiting() {
  const request = newSignUp();
  await signUp(request);
  const { code } = await newestCode(database(), request.phone);
  const device = { address: request.address, userAgent: null };
  return {
    ...request,
    pass: (seconds: number) => ageCodes(database(), request.phone, seconds),
    longer: () => extendCodes(request.browserHash),
    type: () => verifyPhone({ ...request, code, device, replaces: null }),
  };
}

it('who needs longer for a code has its whole time ten times more, without another message', async () => {
  const person = await waiting();
  const other = await waiting();
  for (let times = 0; times < codeExtensions; times += 1) {
    await person.pass(codeLifeSeconds - 1);
    const longer = await person.longer();
    if (!longer.ok) throw new Error(longer.detail);
    expect(longer.value.endsInSeconds).toBeGreaterThan(codeLifeSeconds - 5);
  }
  const rows = await database().query('SELECT 1 FROM otps WHERE phone = $1', [person.phone]);
  expect(rows).toHaveLength(1);
  await other.pass(codeLifeSeconds + 1);
  expect(await other.type()).toMatchObject({ code: 'auth.codeExpired' });
  expect((await person.type()).ok).toBe(true);
});

it('a code that has lapsed, was used or had all its time lives no longer, and its attempts do not come back', async () => {
  const late = await waiting();
  await late.pass(codeLifeSeconds + 1);
  expect(await late.longer()).toMatchObject({ code: 'auth.codeExpired' });

  const used = await waiting();
  await used.type();
  expect(await used.longer()).toMatchObject({ code: 'auth.codeExpired' });

  const old = await waiting();
  await database().query(
    `UPDATE otps SET created_at = clock_timestamp() - make_interval(secs => $2), expires_at = clock_timestamp() + interval '9 seconds'
     WHERE phone = $1`,
    [old.phone, codeLifeSeconds * (codeExtensions + 1) - 30],
  );
  expect(await old.longer()).toMatchObject({ ok: true, value: { endsInSeconds: 30 } });
  expect(await old.longer()).toMatchObject({ code: 'auth.codeExpired' });
  await database().query('UPDATE otps SET attempt_count = 5 WHERE phone = $1', [old.phone]);
  expect(await old.type()).toMatchObject({ code: 'auth.codeExpired' });
});
