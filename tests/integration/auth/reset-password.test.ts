import { describe, expect, it } from 'vitest';
import { sendCodeMessage } from '#lib/auth/code/send-code-message.ts';
import { requestPasswordReset } from '#lib/auth/password/request-password-reset.ts';
import { resetPassword } from '#lib/auth/password/reset-password.ts';
import { findSession } from '#lib/auth/session/find-session.ts';
import { sealClaims } from '#lib/auth/session/session-token.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { must } from '#tests/support/conversions.ts';
import {
  newAddress,
  newBrowser,
  newestCode,
  newPhone,
  password,
  signUpAndVerify,
  useIdentity,
} from '#tests/support/identity.ts';

const database = useIdentity();
const newPassword = 'quite another sentence';

async function asked(phone: ReturnType<typeof newPhone>) {
  const request = { kind: 'user', phone, browserHash: newBrowser(), address: newAddress() } as const;
  const device = { address: request.address, userAgent: null };
  const answer = await requestPasswordReset(request);
  const { id, code } = await newestCode(database(), phone);
  await sendCodeMessage(id);
  const messages = await database().query('SELECT text FROM outbox_messages WHERE id = $1', [id]);
  const reset = (typed: string, chosen = newPassword) =>
    resetPassword({ ...request, device, code: typed, newPassword: chosen });
  return { answer, id, code, text: messages[0]?.text as string | undefined, reset };
}

describe('a forgotten password', () => {
  it('is replaced with the code, and every session ends', async () => {
    const { phone, claims, device } = await signUpAndVerify(database());
    const raw = await sealClaims(claims);
    const { code, text, reset } = await asked(phone);
    expect(text).toContain(code);
    const begun = must(await reset(code));
    expect(await findSession('user', raw)).toBeNull();
    // Who had the code is signed in with it, in this browser alone.
    expect(await findSession('user', await sealClaims(begun))).toMatchObject({ accountId: claims.sub });
    const request = { kind: 'user', phone, device, replaces: null } as const;
    expect((await signIn({ ...request, password })).ok).toBe(false);
    expect((await signIn({ ...request, password: newPassword })).ok).toBe(true);
  });

  it('gets the same answer for a number that nobody has, which is sent nothing', async () => {
    const { phone } = await signUpAndVerify(database());
    const known = await asked(phone);
    const unknown = await asked(newPhone());
    expect(unknown.answer).toEqual(known.answer);
    expect(unknown.text).toBeUndefined();
    expect(await unknown.reset(unknown.code)).toMatchObject({ ok: false, code: 'auth.codeWrong' });
  });

  it('is not replaced by a code alone after a year without use', async () => {
    const { phone, accountId } = await signUpAndVerify(database());
    await database().query(`UPDATE users SET last_login_at = now() - interval '366 days' WHERE id = $1`, [
      accountId,
    ]);
    const { code, text, reset } = await asked(phone);
    expect(text).toContain('/contact');
    expect(text).not.toContain(code);
    expect(await reset(code)).toMatchObject({ ok: false, code: 'auth.codeWrong' });
  });

  it('is not replaced for a suspended account', async () => {
    const { phone, accountId } = await signUpAndVerify(database());
    await database().query('UPDATE users SET is_active = false WHERE id = $1', [accountId]);
    const { code, text, reset } = await asked(phone);
    expect(text).toBeUndefined();
    expect((await reset(code)).ok).toBe(false);
  });

  it('costs no attempt when the new password is refused', async () => {
    const { phone } = await signUpAndVerify(database());
    const { id, code, reset } = await asked(phone);
    expect(await reset(code, 'password1')).toMatchObject({
      fields: { newPassword: 'auth.field.passwordCommon' },
    });
    const [row] = await database().query('SELECT attempt_count FROM otps WHERE id = $1', [id]);
    expect(row?.attempt_count).toBe(0);
  });

  it('is replaced exactly once when the code is sent ten times at once', async () => {
    const { phone } = await signUpAndVerify(database());
    const { code, reset } = await asked(phone);
    const all = await Promise.all(Array.from({ length: 10 }, () => reset(code)));
    expect(all.filter((one) => one.ok)).toHaveLength(1);
  });
});
