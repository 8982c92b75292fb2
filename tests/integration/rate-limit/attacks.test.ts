import { randomInt } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { checkMessageBudget } from '#lib/auth/code/message-budget.ts';
import { sendCodeMessage } from '#lib/auth/code/send-code-message.ts';
import { changePassword } from '#lib/auth/password/change-password.ts';
import { requestPasswordReset } from '#lib/auth/password/request-password-reset.ts';
import { resetPassword } from '#lib/auth/password/reset-password.ts';
import { rememberAccount } from '#lib/auth/session/known-browser.ts';
import { actorOf } from '#lib/auth/session/open-session.ts';
import { signIn } from '#lib/auth/sign-in.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { verifyPhone } from '#lib/auth/verify-phone.ts';
import type { UserActor } from '#lib/core/actor.ts';
import type { Phone } from '#lib/core/phone.ts';
import { db } from '#lib/db/client.ts';
import {
  ageCodes,
  newAddress,
  newBrowser,
  newestCode,
  newPhone,
  newSignUp,
  otherThan,
  password,
  signUpAndVerify,
  useIdentity,
} from '#tests/support/identity.ts';

/** The use cases under attack; a fiftieth of every budget: forty messages an hour, twenty of them for new numbers. */
const database = useIdentity(0.02);
const other = 'quite another sentence';

/** A /64 of one /48, as an attacker has 65,536 of. */
const inOne48 = () => `2001:db8:66:${randomInt(65_536).toString(16)}::1`;

const forgot = (phone: Phone, address = newAddress(), known?: string) =>
  requestPasswordReset({ kind: 'user', phone, browserHash: newBrowser(), address, known });

async function person() {
  const made = await signUpAndVerify(database());
  await ageCodes(database(), made.phone, 3601);
  const known = rememberAccount(undefined, { kind: 'user', accountId: made.accountId });
  const actor = actorOf('user', made.accountId, made.claims.sid) as UserActor;
  const enter = (secret: string, from: { address?: string; known?: string } = {}) =>
    signIn({
      kind: 'user',
      phone: made.phone,
      password: secret,
      device: { address: from.address ?? newAddress(), userAgent: 'test' },
      replaces: null,
      known: from.known,
    });
  return { ...made, known, actor, enter };
}

/** Sends what is queued, as a worker does. */
async function sendAll(): Promise<number> {
  const waiting = await database().query<{ id: string }>(
    'SELECT id FROM otps WHERE sent_at IS NULL AND send_failed_at IS NULL AND consumed_at IS NULL',
  );
  for (const { id } of waiting) await sendCodeMessage(id);
  const [row] = await database().query<{ n: number }>(
    'SELECT count(*)::int AS n FROM otps WHERE sent_at IS NOT NULL',
  );
  return row?.n ?? 0;
}

beforeEach(() => database().query('DELETE FROM otps'));

describe('the hour’s messages', () => {
  it('are not spent by asking for numbers that nobody has, from however many places', async () => {
    for (let turn = 0; turn < 80; turn += 1) await forgot(newPhone(), turn % 2 ? newAddress() : inOne48());
    expect(await sendAll()).toBe(0);
    const somebody = newSignUp();
    expect(await signUp(somebody)).toEqual({ ok: true, value: null });
    expect(await sendAll()).toBe(1);
  });

  it('of one /48 are few, and others still sign up', async () => {
    let sent = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      if ((await signUp(newSignUp({ address: inOne48() }))).ok) sent += 1;
    }
    expect(sent).toBeLessThanOrEqual(2);
    expect((await signUp(newSignUp())).ok).toBe(true);
  });

  it('that new numbers from everywhere use up leave those who come back and those who are known', async () => {
    const back = await person();
    let refused = 0;
    for (let turn = 0; turn < 60; turn += 1) {
      if (!(await signUp(newSignUp())).ok) refused += 1;
    }
    expect(refused).toBeGreaterThanOrEqual(40);
    expect(await forgot(back.phone)).toEqual({ ok: true, value: null });
    await database().query('DELETE FROM otps WHERE phone = $1', [back.phone]);
    expect(await forgot(back.phone, newAddress(), back.known)).toEqual({ ok: true, value: null });
  });

  it.each([
    [19, ['new', 'waiting', 'back', 'known']],
    [20, ['waiting', 'back', 'known']],
    [26, ['back', 'known']],
    [34, ['known']],
    [40, []],
  ])('after %i of forty there is room for %j', async (sent, wanted) => {
    await database().query(
      `INSERT INTO otps (phone, code, purpose, created_at, expires_at, sent_at)
       SELECT '+98900' || n, 'h', 'phone_verify', now(), now(), now() FROM generate_series(1, $1::int) n`,
      [sent],
    );
    const wishes = {
      new: ['phone_verify', 'stranger'],
      waiting: ['phone_verify', 'waiting'],
      back: ['password_reset', 'stranger'],
      known: ['password_reset', 'known'],
    } as const;
    const fits: string[] = [];
    for (const [name, [purpose, standing]] of Object.entries(wishes)) {
      const room = await checkMessageBudget(db(), { purpose, standing, address: newAddress() });
      if (room.ok) fits.push(name);
    }
    expect(fits).toEqual(wanted);
  });

  it('tell nothing about whether a number has an account when they run short', async () => {
    const { phone } = await person();
    await database().query(
      `INSERT INTO otps (phone, code, purpose, created_at, expires_at, sent_at)
       SELECT '+98900' || n, 'h', 'phone_verify', now(), now(), now() FROM generate_series(1, 34) n`,
    );
    const answers = [await forgot(phone), await forgot(newPhone())];
    expect(answers).toMatchObject([{ code: 'sms.unavailable' }, { code: 'sms.unavailable' }]);
  });
});

describe('a person’s own number', () => {
  it('is verified whatever strangers guess at codes of their own', async () => {
    const mine = newSignUp();
    await signUp(mine);
    const { id, code } = await newestCode(database(), mine.phone);
    const guess = (browserHash: string, typed: string, address = newAddress()) =>
      verifyPhone({
        kind: 'user',
        code: typed,
        browserHash,
        device: { address, userAgent: null },
        replaces: null,
      });
    for (let turn = 0; turn < 60; turn += 1) await guess(newBrowser(), otherThan(code));
    const [row] = await database().query('SELECT attempt_count FROM otps WHERE id = $1', [id]);
    expect(row?.attempt_count).toBe(0);
    expect((await guess(mine.browserHash, code)).ok).toBe(true);
  });

  it('is verified although this browser typed codes that had lapsed', async () => {
    const mine = newSignUp();
    await signUp(mine);
    await ageCodes(database(), mine.phone, 121);
    const guess = (typed: string) =>
      verifyPhone({
        ...mine,
        code: typed,
        device: { address: mine.address, userAgent: null },
        replaces: null,
      });
    const { code: old } = await newestCode(database(), mine.phone);
    for (let turn = 0; turn < 10; turn += 1) {
      expect(await guess(old)).toMatchObject({ code: 'auth.codeExpired' });
    }
    await database().query('DELETE FROM otps WHERE phone = $1', [mine.phone]);
    await signUp({ ...mine, address: newAddress() });
    const { code } = await newestCode(database(), mine.phone);
    expect((await guess(code)).ok).toBe(true);
  });
});

describe('a person’s password', () => {
  it('opens the door from a browser that the account knows, whatever strangers tried', async () => {
    const { enter, known } = await person();
    let last = 'in';
    for (let turn = 0; turn < 40; turn += 1) {
      const answer = await enter(`wrong ${turn}`);
      last = answer.ok ? 'in' : answer.code;
    }
    expect(last).toBe('rate.limited');
    expect((await enter(password, { known })).ok).toBe(true);
  });

  it('set anew by code opens the door from a browser that nobody knew, at the worst of it', async () => {
    const { enter, phone, accountId } = await person();
    for (let turn = 0; turn < 40; turn += 1) await enter(`wrong ${turn}`);
    const browserHash = newBrowser();
    const address = newAddress();
    expect((await requestPasswordReset({ kind: 'user', phone, browserHash, address })).ok).toBe(true);
    const { code } = await newestCode(database(), phone);
    const reset = await resetPassword({
      kind: 'user',
      code,
      newPassword: other,
      browserHash,
      device: { address, userAgent: null },
    });
    expect(reset).toMatchObject({ ok: true, value: { sub: accountId } });
    const known = rememberAccount(undefined, { kind: 'user', accountId });
    expect((await enter(other, { known })).ok).toBe(true);
  });

  it('is asked for inside whatever strangers tried at the door', async () => {
    const { enter, actor, device } = await person();
    for (let turn = 0; turn < 40; turn += 1) await enter(`wrong ${turn}`, { address: device.address });
    const changed = await changePassword(actor, { password, newPassword: other }, device);
    expect(changed).toEqual({ ok: true, value: null });
  });

  it('is guessed no faster by a stranger who made up the cookie of a known browser', async () => {
    const { enter, accountId } = await person();
    const stolen = rememberAccount(undefined, { kind: 'vendor', accountId });
    const made = [`${'a'.repeat(32)}.${'b'.repeat(22)}`, stolen, 'x', ''];
    const answers: string[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      const answer = await enter('wrong', { address: '198.51.100.9', known: made[turn % made.length] ?? '' });
      answers.push(answer.ok ? 'in' : answer.code);
    }
    expect(answers.filter((code) => code === 'auth.badCredentials')).toHaveLength(1);
  });
});
