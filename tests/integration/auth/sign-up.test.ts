import { describe, expect, it } from 'vitest';
import { resendCode } from '#lib/auth/code/resend-code.ts';
import { sendCodeMessage } from '#lib/auth/code/send-code-message.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { verifyPhone } from '#lib/auth/verify-phone.ts';
import { toNationalPhone } from '#lib/core/phone.ts';
import {
  ageCodes,
  newAddress,
  newestCode,
  newPhone,
  newSignUp,
  password,
  signUpAndVerify,
  useIdentity,
} from '#tests/support/identity.ts';

const database = useIdentity();
const count = async (text: string, values: unknown[]) =>
  (await database().query<{ n: number }>(`SELECT count(*)::int AS n FROM ${text}`, values))[0]?.n;

describe('signing up', () => {
  it('makes no account before the code is typed', async () => {
    const request = newSignUp();
    expect(await signUp(request)).toEqual({ ok: true, value: null });
    expect(await count('users WHERE phone = $1', [request.phone])).toBe(0);
  });

  it('keeps neither the code nor the password anywhere', async () => {
    const request = newSignUp();
    await signUp(request);
    const { id, code } = await newestCode(database(), request.phone);
    const [row] = await database().query('SELECT otps::text AS text FROM otps WHERE id = $1', [id]);
    expect(row?.text).not.toContain(code);
    expect(row?.text).not.toContain(password);
    const jobs = await database().query(`SELECT data FROM pgboss.job WHERE data->>'messageId' = $1`, [id]);
    expect(jobs).toEqual([{ data: { messageId: id } }]);
  });

  it('sends the code with the line that fills it in, digits in ASCII', async () => {
    const request = newSignUp();
    await signUp(request);
    const { id, code } = await newestCode(database(), request.phone);
    expect(await sendCodeMessage(id)).toEqual({ ok: true, value: null });
    const [message] = await database().query('SELECT phone, text FROM outbox_messages WHERE id = $1', [id]);
    expect(message?.phone).toBe(request.phone);
    expect(message?.text.endsWith(`\n@localhost #${code}`)).toBe(true);
  });

  it('sends a message once, however often its job runs', async () => {
    const request = newSignUp();
    await signUp(request);
    const { id } = await newestCode(database(), request.phone);
    await Promise.all([sendCodeMessage(id), sendCodeMessage(id), sendCodeMessage(id)]);
    expect(await count('outbox_messages WHERE phone = $1', [request.phone])).toBe(1);
  });

  it('sends nothing for a code that was voided before its job ran', async () => {
    const request = newSignUp();
    await signUp(request);
    const { id } = await newestCode(database(), request.phone);
    await ageCodes(database(), request.phone, 61);
    await signUp(request);
    await sendCodeMessage(id);
    expect(await count('outbox_messages WHERE id = $1', [id])).toBe(0);
  });

  it('answers the same for a number that has an account, and tells its owner by message', async () => {
    const { phone } = await signUpAndVerify(database());
    await ageCodes(database(), phone, 61);
    const again = newSignUp({ phone });
    expect(await signUp(again)).toEqual(await signUp(newSignUp()));
    const { id, code } = await newestCode(database(), phone);
    await sendCodeMessage(id);
    const [message] = await database().query('SELECT text FROM outbox_messages WHERE id = $1', [id]);
    expect(message?.text).toContain('/login');
    expect(message?.text).not.toContain(code);
  });

  it('accepts no code at all for a number that has an account', async () => {
    const { phone } = await signUpAndVerify(database());
    await ageCodes(database(), phone, 61);
    const again = newSignUp({ phone });
    await signUp(again);
    const { code } = await newestCode(database(), phone);
    const device = { address: again.address, userAgent: null };
    const verified = await verifyPhone({ ...again, code, device, replaces: null });
    expect(verified).toMatchObject({ ok: false, code: 'auth.codeWrong' });
  });

  it('lets one number hold an account of each kind', async () => {
    const { phone } = await signUpAndVerify(database(), 'user');
    const request = newSignUp({ kind: 'vendor', phone, name: 'Studio' });
    await signUp(request);
    const { code } = await newestCode(database(), phone);
    const device = { address: request.address, userAgent: null };
    expect((await verifyPhone({ ...request, code, device, replaces: null })).ok).toBe(true);
  });

  it('refuses a password that everybody tries, and the own number', async () => {
    const phone = newPhone();
    for (const bad of ['password1', 'QwertyUiop', '12345678', 'aaaaaaaaa', toNationalPhone(phone)]) {
      const refused = await signUp(newSignUp({ phone, password: bad }));
      expect(refused, bad).toMatchObject({
        ok: false,
        code: 'input.invalid',
        fields: { password: 'auth.field.passwordCommon' },
      });
    }
    expect(await count('otps WHERE phone = $1', [phone])).toBe(0);
  });
});

describe('asking for codes', () => {
  it('sends no second code within a minute and says how long to wait', async () => {
    const request = newSignUp();
    await signUp(request);
    const refused = await resendCode({ ...request, purpose: 'phone_verify' });
    expect(refused).toMatchObject({ ok: false, code: 'rate.limited' });
    expect(refused.ok ? 0 : refused.retryAfterSeconds).toBeGreaterThan(50);
  });

  it('sends another to the browser that waits, whatever strangers asked for its number', async () => {
    const request = newSignUp();
    await signUp(request);
    const asked = await Promise.all(
      Array.from({ length: 20 }, () => signUp(newSignUp({ phone: request.phone }))),
    );
    expect(asked.filter(({ ok }) => ok)).toHaveLength(7);
    await database().query(
      `UPDATE otps SET created_at = created_at - interval '61 seconds' WHERE browser_hash = $1`,
      [request.browserHash],
    );
    expect(await resendCode({ ...request, purpose: 'phone_verify' })).toEqual({ ok: true, value: null });
    const { code } = await newestCode(database(), request.phone);
    const device = { address: request.address, userAgent: null };
    expect((await verifyPhone({ ...request, code, device, replaces: null })).ok).toBe(true);
  });

  it('voids the code before when it sends another', async () => {
    const request = newSignUp();
    await signUp(request);
    const old = await newestCode(database(), request.phone);
    await ageCodes(database(), request.phone, 61);
    expect((await resendCode({ ...request, purpose: 'phone_verify' })).ok).toBe(true);
    const device = { address: request.address, userAgent: null };
    const stale = await verifyPhone({ ...request, code: old.code, device, replaces: null });
    expect(stale).toMatchObject({ ok: false, code: 'auth.codeWrong' });
    const { code } = await newestCode(database(), request.phone);
    expect((await verifyPhone({ ...request, code, device, replaces: null })).ok).toBe(true);
  });

  it('sends at most eight codes an hour to one number for strangers, from any place and at once', async () => {
    const phone = newPhone();
    const asked = await Promise.all(Array.from({ length: 12 }, () => signUp(newSignUp({ phone }))));
    expect(asked.filter((answer) => answer.ok)).toHaveLength(8);
    expect(await count('otps WHERE phone = $1', [phone])).toBe(8);
  });

  it('sends one code a minute and four an hour to one browser, however many ask at once', async () => {
    const request = newSignUp();
    const asked = await Promise.all(Array.from({ length: 6 }, () => signUp(request)));
    expect(asked.filter((answer) => answer.ok)).toHaveLength(1);
    const sent: boolean[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await ageCodes(database(), request.phone, 61);
      sent.push((await resendCode({ ...request, purpose: 'phone_verify' })).ok);
    }
    expect(sent).toEqual([true, true, true, false, false]);
  });

  it('sends at most thirty codes an hour for one address', async () => {
    const address = newAddress();
    const ask = () => signUp(newSignUp({ address }));
    const codes: string[] = [];
    for (let turn = 0; turn < 31; turn += 1) {
      const answer = await ask();
      codes.push(answer.ok ? 'sent' : answer.code);
    }
    expect(codes.slice(0, 30)).not.toContain('rate.limited');
    expect(codes[30]).toBe('rate.limited');
  });
});
