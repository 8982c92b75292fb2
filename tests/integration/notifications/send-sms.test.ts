import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { phoneKey } from '#lib/audit/phone-key.ts';
import { resendCode } from '#lib/auth/code/resend-code.ts';
import { sendCodeMessage } from '#lib/auth/code/send-code-message.ts';
import { requestPasswordReset } from '#lib/auth/password/request-password-reset.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { db } from '#lib/db/client.ts';
import { isSmsDelayed, secondsUntilSms } from '#lib/notifications/sms/send-sms.ts';
import { deleteOldTries, listTries } from '#lib/notifications/sms/try-store.ts';
import {
  ageCodes,
  newBrowser,
  newestCode,
  newPhone,
  newSignUp,
  useIdentity,
} from '#tests/support/identity.ts';
import {
  createSmsProvider,
  kavenegarAnswer,
  type SmsProvider,
  smsIrAnswer,
} from '#tests/support/servers/sms-provider.ts';

const database = useIdentity();
let first: SmsProvider;
let second: SmsProvider;
let third: SmsProvider;

beforeAll(async () => {
  first = await createSmsProvider();
  second = await createSmsProvider();
  third = await createSmsProvider();
  Object.assign(process.env, {
    SMS_PROVIDER: 'kavenegar',
    KAVENEGAR_API_KEY: 'first-key',
    KAVENEGAR_TEMPLATE: 'code-t',
    KAVENEGAR_BASE_URL: first.url,
    SMS_FALLBACK_PROVIDER: 'smsir,bale',
    SMSIR_API_KEY: 'second-key',
    SMSIR_TEMPLATE_ID: '7',
    SMSIR_BASE_URL: second.url,
    BALE_CLIENT_ID: 'client',
    BALE_CLIENT_SECRET: 'third-secret',
    BALE_BASE_URL: third.url,
  });
});
afterAll(async () => {
  await first.close();
  await second.close();
  await third.close();
});
beforeEach(async () => {
  await database().query('DELETE FROM sms_circuits');
  first.answer(kavenegarAnswer(200));
  second.answer(smsIrAnswer(1));
  third.answer('hang up');
  first.received.length = 0;
  second.received.length = 0;
});

/** Asks for a code and lets the job run. */
async function asked() {
  const request = newSignUp();
  const answer = await signUp(request);
  if (!answer.ok) return { request, answer, sent: null };
  const { id } = await newestCode(database(), request.phone);
  return { request, answer, id, sent: await sendCodeMessage(id) };
}

const pass = (seconds: number) =>
  database().query(
    `UPDATE sms_circuits SET closed_until = closed_until - make_interval(secs => $1), last_failure_at = last_failure_at - make_interval(secs => $1)`,
    [seconds],
  );

describe('a message with a code', () => {
  it('carries the code to the number', async () => {
    const { request, id } = await asked();
    const { code } = await newestCode(database(), request.phone);
    expect(id).toBeDefined();
    expect(new URLSearchParams(first.received[0]?.body).get('token')).toBe(code);
    expect(second.received).toHaveLength(0);
  });

  it('goes by the second provider when the first one does not take it', async () => {
    first.answer('hang up');
    const { sent } = await asked();
    expect(sent?.ok).toBe(true);
    expect(second.received).toHaveLength(1);
    expect(await isSmsDelayed()).toBe(false);
  });

  it('leaves a line for each try, with what the provider answered and without number, text or code', async () => {
    first.answer(kavenegarAnswer(418));
    const { request, id } = await asked();
    const { code } = await newestCode(database(), request.phone);
    const tries = await listTries(db(), phoneKey(request.phone), 10);
    expect(tries).toMatchObject([
      { about: 'phone_verify', provider: 'smsir', outcome: 'sent', detail: 'accepted' },
      { about: 'phone_verify', provider: 'kavenegar', outcome: 'misconfigured', detail: 'kavenegar 418' },
    ]);
    const rows = JSON.stringify(
      await database().query('SELECT * FROM message_tries WHERE message_id = $1', [id]),
    );
    expect(rows).not.toContain(request.phone.slice(-8));
    expect(rows).not.toContain(code);
    expect(await listTries(db(), phoneKey(newPhone()), 10)).toEqual([]);
    // Also of a number that nobody has here: why none was sent is known to the operator alone.
    const stranger = { ...newSignUp(), kind: 'user' as const };
    await requestPasswordReset(stranger);
    const { id: nothing } = await newestCode(database(), stranger.phone);
    await sendCodeMessage(nothing);
    expect(await listTries(db(), phoneKey(stranger.phone), 10)).toMatchObject([
      { about: 'password_reset', provider: null, outcome: 'held', detail: 'no account has this number' },
    ]);
    await database().query("UPDATE message_tries SET tried_at = tried_at - interval '31 days'");
    expect(await deleteOldTries(db(), 1000)).toBeGreaterThan(2);
    expect(await listTries(db(), phoneKey(request.phone), 10)).toEqual([]);
  });

  it('goes by the second provider at once after the first one failed three times, and comes back to it', async () => {
    first.answer('hang up');
    for (let turn = 0; turn < 5; turn += 1) await asked();
    expect(first.received).toHaveLength(3);
    expect(second.received).toHaveLength(5);
    first.answer(kavenegarAnswer(200));
    await pass(16);
    await asked();
    await asked();
    expect(first.received).toHaveLength(5);
  });

  it('goes by the messenger when no text message can, and there to whom it knows', async () => {
    first.answer('hang up');
    second.answer('hang up');
    third.script(
      { status: 200, body: { access_token: 't', expires_in: 3600 } },
      { status: 200, body: { balance: 1 } },
      { status: 404, body: { code: 5 } },
    );
    const { request, sent } = await asked();
    const { code } = await newestCode(database(), request.phone);
    expect(sent?.ok).toBe(true);
    expect(JSON.parse(third.received.at(-1)?.body ?? '')).toMatchObject({ otp: Number(code) });
    // Somebody who is not there is told later, when text messages go again.
    expect((await asked()).sent).toMatchObject({ ok: false, code: 'sms.unavailable' });
    const [circuit] = await database().query(`SELECT failures FROM sms_circuits WHERE provider = 'bale'`);
    expect(circuit?.failures).toBe(0);
  });

  it('is not sent elsewhere when its number is refused, and costs no budget', async () => {
    first.answer(kavenegarAnswer(411));
    const { request, sent } = await asked();
    expect(sent?.ok).toBe(true);
    expect(second.received).toHaveLength(0);
    // More often than the hour allows, once a minute: none of them counts.
    for (let turn = 0; turn < 6; turn += 1) {
      await ageCodes(database(), request.phone, 61);
      expect((await resendCode({ ...request, purpose: 'phone_verify' })).ok, `code ${turn}`).toBe(true);
      const { id } = await newestCode(database(), request.phone);
      await sendCodeMessage(id);
    }
  });
});

describe('while no provider answers', () => {
  it('people are told within three seconds, the circuit opens, and no budget is burned', async () => {
    first.answer('hang');
    second.answer('hang up');
    const start = Date.now();
    const { request, sent } = await asked();
    expect(Date.now() - start).toBeLessThan(3000);
    expect(sent).toMatchObject({ ok: false, code: 'sms.unavailable' });
    // The page that waits for the code says so.
    expect(await isSmsDelayed()).toBe(true);
    first.answer('hang up');
    for (let turn = 0; turn < 6; turn += 1) {
      if ((await secondsUntilSms()) > 0) break;
      expect((await resendCode({ ...request, purpose: 'phone_verify' })).ok).toBe(true);
      const { id } = await newestCode(database(), request.phone);
      await sendCodeMessage(id);
    }
    const before = Date.now();
    const refused = await resendCode({ ...request, purpose: 'phone_verify' });
    expect(Date.now() - before).toBeLessThan(500);
    expect(refused).toMatchObject({ ok: false, code: 'sms.unavailable' });
    expect(refused.ok ? 0 : refused.retryAfterSeconds).toBeLessThanOrEqual(15);

    first.answer(kavenegarAnswer(200));
    await pass(16);
    for (let turn = 0; turn < 4; turn += 1) {
      expect((await resendCode({ ...request, purpose: 'phone_verify' })).ok, `code ${turn}`).toBe(true);
      const { id } = await newestCode(database(), request.phone);
      expect((await sendCodeMessage(id)).ok).toBe(true);
      await database().query(
        `UPDATE otps SET created_at = created_at - interval '61 seconds' WHERE phone = $1`,
        [request.phone],
      );
    }
    expect(await isSmsDelayed()).toBe(false);
  });

  it('known and unknown numbers are told the same', async () => {
    await database().query(
      `INSERT INTO sms_circuits (provider, failures, closed_until, last_failure_at)
       SELECT p, 3, now() + interval '10 seconds', now() FROM unnest(ARRAY['kavenegar', 'smsir', 'bale']) AS p`,
    );
    const forgot = {
      kind: 'user',
      phone: newPhone(),
      browserHash: newBrowser(),
      address: '10.1.1.1',
    } as const;
    const answer = await requestPasswordReset(forgot);
    expect(answer).toMatchObject({ ok: false, code: 'sms.unavailable' });
    expect(await signUp(newSignUp())).toMatchObject({ code: 'sms.unavailable' });
  });
});

it('when a code may be sent again tells nothing about whether the message of a number was tried', async () => {
  const { request, sent } = await asked();
  expect(sent).toMatchObject({ ok: true });
  // The provider failed this one number's message; for everybody else it works.
  await database().query('UPDATE otps SET send_failed_at = now() WHERE phone = $1', [request.phone]);
  const again = await resendCode({ ...request, purpose: 'phone_verify' });
  expect(again).toMatchObject({ ok: false, code: 'rate.limited' });
});

it('all messages together have a cap in an hour', async () => {
  await database().query(
    `INSERT INTO otps (phone, code, purpose, created_at, expires_at, sent_at)
     SELECT '+98900' || n, 'h', 'phone_verify', now() - interval '10 minutes', now() - interval '8 minutes',
       now() - interval '10 minutes' FROM generate_series(1, 2000) n`,
  );
  const refused = await signUp(newSignUp());
  expect(refused).toMatchObject({ ok: false, code: 'sms.unavailable' });
  expect(refused.ok ? 0 : refused.retryAfterSeconds).toBeGreaterThan(2900);
  await database().query(`UPDATE otps SET sent_at = sent_at - interval '1 hour' WHERE phone LIKE '+98900%'`);
  expect((await signUp(newSignUp())).ok).toBe(true);
});
