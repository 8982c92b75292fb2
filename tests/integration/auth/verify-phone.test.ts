import { describe, expect, it } from 'vitest';
import { resetPassword } from '#lib/auth/password/reset-password.ts';
import { signUp } from '#lib/auth/sign-up.ts';
import { hashPhone, verifyPhone } from '#lib/auth/verify-phone.ts';
import {
  ageCodes,
  newBrowser,
  newestCode,
  newSignUp,
  otherThan,
  useIdentity,
} from '#tests/support/identity.ts';

// Budgets out of the way: it is the code's own attempts that are proved here.
const database = useIdentity(1000);

async function waiting(more: Parameters<typeof newSignUp>[0] = {}) {
  const request = newSignUp(more);
  await signUp(request);
  const { id, code } = await newestCode(database(), request.phone);
  const device = { address: request.address, userAgent: 'test' };
  const guess = (typed: string, changes: object = {}) =>
    verifyPhone({
      kind: request.kind,
      code: typed,
      browserHash: request.browserHash,
      device,
      replaces: null,
      ...changes,
    });
  const accounts = () =>
    database().query(`SELECT id, name, free_quota_remaining FROM users WHERE phone = $1`, [request.phone]);
  return { request, id, code, guess, accounts };
}

describe('typing the code', () => {
  it('makes the account with a live session and writes both down', async () => {
    const { code, guess, accounts } = await waiting({ name: 'سارا' });
    const verified = await guess(code);
    expect(verified.ok).toBe(true);
    const [account] = await accounts();
    expect(account).toMatchObject({ name: 'سارا', free_quota_remaining: 2 });
    const events = await database().query(
      'SELECT action FROM audit_logs WHERE user_id = $1 ORDER BY action',
      [account?.id],
    );
    expect(events.map(({ action }) => action)).toEqual(['account.create', 'session.create']);
  });

  it('works once only', async () => {
    const { code, guess } = await waiting();
    expect((await guess(code)).ok).toBe(true);
    expect(await guess(code)).toMatchObject({ ok: false, code: 'auth.codeExpired' });
  });

  it('succeeds exactly once when it is typed twenty times at once', async () => {
    const { code, guess, accounts } = await waiting();
    const all = await Promise.all(Array.from({ length: 20 }, () => guess(code)));
    expect(all.filter((one) => one.ok)).toHaveLength(1);
    expect(await accounts()).toHaveLength(1);
  });

  it('judges at most five of a hundred guesses at once, and the right code fails after them', async () => {
    const { id, code, guess, accounts } = await waiting();
    const all = await Promise.all(
      Array.from({ length: 100 }, (_, index) => guess(otherThan(String(Number(code) + index)))),
    );
    expect(all.filter((one) => !one.ok && one.code === 'auth.codeWrong').length).toBeLessThanOrEqual(5);
    const [row] = await database().query('SELECT attempt_count FROM otps WHERE id = $1', [id]);
    expect(row?.attempt_count).toBe(5);
    expect(await guess(code)).toMatchObject({ ok: false });
    expect(await accounts()).toHaveLength(0);
  });

  it('fails after its two minutes, by the clock of the database', async () => {
    const { request, code, guess } = await waiting();
    await ageCodes(database(), request.phone, 121);
    expect(await guess(code)).toMatchObject({ ok: false, code: 'auth.codeExpired' });
  });

  it('fails in another browser, and costs the owner no attempt', async () => {
    const { id, code, guess } = await waiting();
    expect(await guess(code, { browserHash: newBrowser() })).toMatchObject({ code: 'auth.codeExpired' });
    const [row] = await database().query('SELECT attempt_count FROM otps WHERE id = $1', [id]);
    expect(row?.attempt_count).toBe(0);
  });

  it('serves neither the other account kind nor another purpose', async () => {
    const { request, code, guess, accounts } = await waiting();
    expect(await guess(code, { kind: 'vendor' })).toMatchObject({ code: 'auth.codeExpired' });
    const reset = await resetPassword({
      kind: 'user',
      code,
      newPassword: 'quite another sentence',
      browserHash: request.browserHash,
      device: { address: request.address, userAgent: null },
    });
    expect(reset).toMatchObject({ ok: false, code: 'auth.codeExpired' });
    expect(await accounts()).toHaveLength(0);
  });

  it('gives the number to the first of two browsers that both prove it', async () => {
    const first = await waiting();
    await ageCodes(database(), first.request.phone, 61);
    const second = await waiting({ phone: first.request.phone });
    expect((await first.guess(first.code)).ok).toBe(true);
    expect(await second.guess(second.code)).toMatchObject({ ok: false, code: 'auth.phoneTaken' });
    expect(await first.accounts()).toHaveLength(1);
  });

  it('gives no new free conversions to the number of a deleted account', async () => {
    const { request, code, guess, accounts } = await waiting();
    await database().query(
      `INSERT INTO phone_tombstones (phone_hash, account_type, free_used) VALUES ($1, 'user', 2)`,
      [hashPhone(request.phone)],
    );
    await guess(code);
    expect((await accounts())[0]?.free_quota_remaining).toBe(0);
  });

  it('leaves the guess in the audit log when it was wrong', async () => {
    const { id, code, guess } = await waiting();
    await guess(otherThan(code));
    const events = await database().query('SELECT action FROM audit_logs WHERE resource_id = $1', [id]);
    expect(events.map(({ action }) => action).sort()).toEqual(['code.issue', 'code.refuse']);
  });
});
