import { describe, expect, it } from 'vitest';
import { requestPasswordReset } from '#lib/auth/password/request-password-reset.ts';
import { resetPassword } from '#lib/auth/password/reset-password.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { verifyPhone } from '#lib/auth/verify-phone.ts';
import type { Phone } from '#lib/core/phone.ts';
import {
  ageCodes,
  newAddress,
  newBrowser,
  newPhone,
  newSignUp,
  signUpAndVerify,
  useIdentity,
} from '#tests/support/identity.ts';

const database = useIdentity(1000);

async function numbers(): Promise<{ known: Phone; unknown: Phone }> {
  const { phone } = await signUpAndVerify(database());
  await ageCodes(database(), phone, 120);
  return { known: phone, unknown: newPhone() };
}

/** What a form answers, and what it leaves in the tables that it writes to. */
async function traces(phone: Phone, form: () => Promise<unknown>) {
  const count = async () =>
    (
      await database().query(
        `SELECT (SELECT count(*)::int FROM otps) AS codes, (SELECT count(*)::int FROM audit_logs) AS events,
           (SELECT count(*)::int FROM pgboss.job WHERE name = 'sms.send') AS jobs`,
      )
    )[0];
  const before = await count();
  const answer = await form();
  const after = await count();
  const written = Object.fromEntries(
    Object.entries(after ?? {}).map(([name, n]) => [name, Number(n) - Number(before?.[name])]),
  );
  return JSON.parse(JSON.stringify({ answer, written }).replaceAll(phone, 'the number'));
}

describe('known and unknown numbers', () => {
  const device = () => ({ address: newAddress(), userAgent: null });

  it.each<[string, (phone: Phone) => Promise<unknown>]>([
    [
      'signing in',
      (phone) => signIn({ kind: 'user', phone, password: 'not this one', device: device(), replaces: null }),
    ],
    ['signing up', (phone) => signUp(newSignUp({ phone }))],
    [
      'a forgotten password',
      (phone) =>
        requestPasswordReset({ kind: 'user', phone, browserHash: newBrowser(), address: newAddress() }),
    ],
    [
      'a wrong code at sign-up',
      async (phone) => {
        const request = newSignUp({ phone });
        await signUp(request);
        return verifyPhone({ ...request, code: '000000', device: device(), replaces: null });
      },
    ],
    [
      'a wrong code for a new password',
      async (phone) => {
        const request = { kind: 'user', phone, browserHash: newBrowser(), address: newAddress() } as const;
        await requestPasswordReset(request);
        const device = { address: request.address, userAgent: null };
        return resetPassword({ ...request, device, code: '000000', newPassword: 'quite another sentence' });
      },
    ],
  ])('get the same answer with the same writes: %s', async (_, form) => {
    const { known, unknown } = await numbers();
    expect(await traces(known, () => form(known))).toEqual(await traces(unknown, () => form(unknown)));
  });
});
