import type { Job } from 'pg-boss';
import { describe, expect, it } from 'vitest';
import { codeFor } from '#lib/auth/code/codes.ts';
import { resendPhoneCodes } from '#lib/auth/code/resend-code.ts';
import { sendCodeMessage } from '#lib/auth/code/send-code-message.ts';
import { changePassword } from '#lib/auth/password/change-password.ts';
import { changePhone } from '#lib/auth/phone/change-phone.ts';
import { requestPhoneChange } from '#lib/auth/phone/request-phone-change.ts';
import { findSession } from '#lib/auth/session/find-session.ts';
import { actorOf } from '#lib/auth/session/open-session.ts';
import { type SessionClaims, sealClaims } from '#lib/auth/session/session-token.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { verifyPhone } from '#lib/auth/verify-phone.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { maskPhone } from '#lib/core/phone.ts';
import { listNotices } from '#lib/notifications/notice/read-notices.ts';
import { handleSmsSend } from '#lib/worker/handlers/sms.ts';
import {
  ageCodes,
  newBrowser,
  newestCode,
  newPhone,
  newSignUp,
  otherThan,
  password,
  signUpAndVerify,
  useIdentity,
} from '#tests/support/identity.ts';

const database = useIdentity(1000);
const newPassword = 'quite another sentence';

const isAlive = async (claims: SessionClaims) =>
  (await findSession(claims.realm, await sealClaims(claims))) !== null;

async function person() {
  const made = await signUpAndVerify(database());
  await ageCodes(database(), made.phone, 120);
  const { phone, claims, device, accountId } = made;
  const actor = actorOf('user', accountId, claims.sid) as UserActor;
  const enter = (number: typeof phone, secret: string) =>
    signIn({ kind: 'user', phone: number, password: secret, device, replaces: null });
  return { ...made, actor, enter, notices: () => listNotices({ kind: 'user', accountId }) };
}

describe('a change of password', () => {
  it('needs the present one', async () => {
    const { actor, device, enter, phone } = await person();
    const refused = await changePassword(actor, { password: 'not this one', newPassword }, device);
    expect(refused).toMatchObject({
      code: 'input.invalid',
      fields: { password: 'auth.field.passwordNotYours' },
    });
    expect((await enter(phone, password)).ok).toBe(true);
  });

  it('ends all other sessions, keeps this one, and is written down and told', async () => {
    const { actor, device, enter, phone, claims, accountId, notices } = await person();
    const other = await enter(phone, password);
    if (!other.ok) throw new Error(other.detail);
    expect(await changePassword(actor, { password, newPassword }, device)).toEqual({ ok: true, value: null });
    expect([await isAlive(claims), await isAlive(other.value)]).toEqual([true, false]);
    expect(await enter(phone, password)).toMatchObject({ code: 'auth.badCredentials' });
    expect((await enter(phone, newPassword)).ok).toBe(true);
    const events = await database().query(
      `SELECT user_id FROM audit_logs WHERE action = 'password.change' AND resource_id = $1`,
      [accountId],
    );
    expect(events).toEqual([{ user_id: accountId }]);
    expect(await notices()).toMatchObject([{ kind: 'password.change' }]);
  });

  it('refuses a password that everybody tries', async () => {
    const { actor, device } = await person();
    expect(await changePassword(actor, { password, newPassword: 'password1' }, device)).toMatchObject({
      fields: { newPassword: 'auth.field.passwordCommon' },
    });
  });
});

async function asked(more: { phone?: ReturnType<typeof newPhone> } = {}) {
  const one = await person();
  const phone = more.phone ?? newPhone();
  const browserHash = newBrowser();
  const request = { phone, password, browserHash, device: one.device };
  const answer = await requestPhoneChange(one.actor, request);
  const codes = {
    oldCode: (await newestCode(database(), one.phone)).code,
    code: (await newestCode(database(), phone)).code,
  };
  const change = (sent: object = {}, actor = one.actor) =>
    changePhone(actor, { ...codes, browserHash, device: one.device, ...sent });
  const number = async () =>
    (await database().query<{ phone: string }>('SELECT phone FROM users WHERE id = $1', [one.accountId]))[0]
      ?.phone;
  return { ...one, oldPhone: one.phone, phone, browserHash, answer, codes, change, number };
}

describe('a change of number', () => {
  it('happens when both numbers are confirmed: the old one opens nothing any more', async () => {
    const { answer, change, number, phone, oldPhone, enter, claims, notices, accountId } = await asked();
    expect(answer).toEqual({ ok: true, value: null });
    const other = await enter(oldPhone, password);
    expect(await change()).toEqual({ ok: true, value: null });
    expect(await number()).toBe(phone);
    expect(await enter(oldPhone, password)).toMatchObject({ code: 'auth.badCredentials' });
    expect((await enter(phone, password)).ok).toBe(true);
    expect([await isAlive(claims), other.ok && (await isAlive(other.value))]).toEqual([true, false]);
    expect(await notices()).toMatchObject([{ kind: 'phone.change' }]);
    const [event] = await database().query<{ metadata: string }>(
      `SELECT metadata::text FROM audit_logs WHERE action = 'phone.change' AND user_id = $1`,
      [accountId],
    );
    expect(event?.metadata).not.toContain(phone.slice(3));
  });

  it('is told to the number that was left, once, without the whole new one, and that number is then forgotten', async () => {
    const { change, phone, oldPhone } = await asked();
    const waiting = () =>
      database().query<{ id: string }>('SELECT id FROM old_numbers_to_tell WHERE phone = $1', [oldPhone]);
    expect(await change({ code: '000000' })).toMatchObject({ ok: false });
    expect(await waiting()).toEqual([]);
    expect(await change()).toEqual({ ok: true, value: null });
    const [row] = await waiting();
    await handleSmsSend([{ data: { messageId: row?.id, about: 'numberChanged' } } as Job<unknown>]);
    await handleSmsSend([{ data: { messageId: row?.id, about: 'numberChanged' } } as Job<unknown>]);
    expect(await waiting()).toEqual([]);
    const told = await database().query<{ text: string }>('SELECT text FROM outbox_messages WHERE id = $1', [
      row?.id,
    ]);
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toContain(maskPhone(phone));
    expect(told[0]?.text).not.toContain(phone.slice(3));
  });

  it('needs the password', async () => {
    const { actor, device } = await person();
    const request = { phone: newPhone(), password: 'not this one', browserHash: newBrowser(), device };
    expect(await requestPhoneChange(actor, request)).toMatchObject({ code: 'input.invalid' });
  });

  it('does not happen with one right code, whichever it is, and costs that code an attempt', async () => {
    const { change, codes, number, oldPhone } = await asked();
    expect(await change({ oldCode: otherThan(codes.oldCode) })).toMatchObject({
      fields: { oldCode: 'errors.auth.codeWrong' },
    });
    expect(await change({ code: otherThan(codes.code) })).toMatchObject({
      fields: { code: 'errors.auth.codeWrong' },
    });
    expect(await change({ oldCode: codes.code, code: codes.oldCode })).toMatchObject({ ok: false });
    expect(await number()).toBe(oldPhone);
  });

  it('takes no codes in another browser or on another account', async () => {
    const { change, number, oldPhone } = await asked();
    const stranger = await person();
    expect(await change({ browserHash: newBrowser() })).toMatchObject({ code: 'auth.codeExpired' });
    expect(await change({}, stranger.actor)).toMatchObject({ code: 'auth.codeExpired' });
    expect(await number()).toBe(oldPhone);
  });

  it('takes no code that was sent for something else, nor are its codes good for anything else', async () => {
    const { codes, browserHash, device } = await asked();
    for (const code of Object.values(codes)) {
      const tried = await verifyPhone({ kind: 'user', code, browserHash, device, replaces: null });
      expect(tried).toMatchObject({ code: 'auth.codeExpired' });
    }
  });

  it('to a number that has an account looks the same and never succeeds; its owner is told', async () => {
    const owner = await person();
    const { answer, change, codes, phone } = await asked({ phone: owner.phone });
    expect(answer).toEqual({ ok: true, value: null });
    const { id } = await newestCode(database(), phone);
    await sendCodeMessage(id);
    const [message] = await database().query<{ text: string }>(
      'SELECT text FROM outbox_messages WHERE id = $1',
      [id],
    );
    expect(message?.text).not.toContain(codes.code);
    expect(await change()).toMatchObject({ code: 'auth.codeWrong' });
    expect((await owner.enter(owner.phone, password)).ok).toBe(true);
  });

  it('of two accounts to one number at once happens once', async () => {
    const phone = newPhone();
    const first = await asked({ phone });
    await ageCodes(database(), phone, 61);
    const second = await asked({ phone });
    const [row] = await database().query<{ id: string }>(
      `SELECT id FROM otps WHERE phone = $1 ORDER BY created_at LIMIT 1`,
      [phone],
    );
    const both = await Promise.all([first.change({ code: codeFor(row?.id ?? '') }), second.change()]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.filter((one) => !one.ok)).toMatchObject([{ code: 'auth.phoneTaken' }]);
  });

  it('and a sign-up of the same number at once end with one account, and a plain word to the other', async () => {
    for (let round = 0; round < 6; round += 1) {
      const phone = newPhone();
      const { change, codes } = await asked({ phone });
      await ageCodes(database(), phone, 61);
      const request = newSignUp({ phone });
      expect((await signUp(request)).ok).toBe(true);
      const { code } = await newestCode(database(), phone);
      const { browserHash, address } = request;
      const device = { address, userAgent: 'test' };
      const [changed, opened] = await Promise.all([
        change(codes),
        verifyPhone({ kind: 'user', code, browserHash, device, replaces: null }),
      ]);
      expect([changed.ok, opened.ok].filter(Boolean)).toHaveLength(1);
      if (!changed.ok) expect(changed.code).toBe('auth.phoneTaken');
      if (!opened.ok) expect(opened.code).toBe('auth.phoneTaken');
    }
  });

  it('happens once when it is sent ten times at once', async () => {
    const { change } = await asked();
    const all = await Promise.all(Array.from({ length: 4 }, () => change()));
    expect(all.filter((one) => one.ok)).toHaveLength(1);
  });

  it('can have both codes sent again', async () => {
    const { phone, oldPhone, browserHash, device, change } = await asked();
    await ageCodes(database(), phone, 61);
    await ageCodes(database(), oldPhone, 61);
    expect((await resendPhoneCodes('user', browserHash, device.address)).ok).toBe(true);
    expect(await change()).toMatchObject({ ok: false });
    const codes = {
      oldCode: (await newestCode(database(), oldPhone)).code,
      code: (await newestCode(database(), phone)).code,
    };
    expect((await change(codes)).ok).toBe(true);
  });
});
