import { describe, expect, test } from 'vitest';
import { readRecords } from '#lib/account/export-store.ts';
import { checkCode } from '#lib/auth/code/check-code.ts';
import { codeFor } from '#lib/auth/code/codes.ts';
import { listOpenCodes, refuseCodes } from '#lib/auth/device-code/open-codes.ts';
import { requestDeviceCode } from '#lib/auth/device-code/request-device-code.ts';
import { signInWithCode } from '#lib/auth/device-code/sign-in-with-code.ts';
import { requestPasswordReset } from '#lib/auth/password/request-password-reset.ts';
import { resetPassword } from '#lib/auth/password/reset-password.ts';
import { requestPhoneChange } from '#lib/auth/phone/request-phone-change.ts';
import { revokeOtherSessions } from '#lib/auth/session/revoke-sessions.ts';
import type { AccountKind } from '#lib/core/actor.ts';
import { must } from '#tests/support/conversions.ts';
import {
  ageCodes,
  newAddress,
  newBrowser,
  newestCode,
  newPhone,
  otherThan,
  password,
  signUpAndVerify,
  useIdentity,
} from '#tests/support/identity.ts';

const database = useIdentity(1000);
const agent = 'Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36';
const elsewhere = () => ({ address: newAddress(), userAgent: agent });

/** Somebody signed in on one device, as that device acts. */
async function signedIn(kind: AccountKind = 'user') {
  const { phone, claims } = await signUpAndVerify(database(), kind);
  const ids = { sessionId: claims.sid, phone };
  const actor =
    kind === 'user'
      ? ({ kind, userId: claims.sub, ...ids } as const)
      : ({ kind, vendorId: claims.sub, ...ids } as const);
  return { kind, phone, claims, actor };
}

async function asks({
  kind,
  phone,
}: {
  kind: AccountKind;
  phone: Awaited<ReturnType<typeof signedIn>>['phone'];
}) {
  const browserHash = newBrowser();
  must(await requestDeviceCode({ kind, phone, browserHash, device: elsewhere() }));
  return browserHash;
}

const signIn = (kind: AccountKind, browserHash: string, code: string) =>
  signInWithCode({
    kind,
    code,
    browserHash,
    device: elsewhere(),
    replaces: null,
    sessionId: crypto.randomUUID(),
  });

describe.each(['user', 'vendor'] as const)('a code that another device of a %s shows', (kind) => {
  test('signs in where it was asked for, once, and is told to the owner', async () => {
    const person = await signedIn(kind);
    const browser = await asks(person);
    const [shown] = await listOpenCodes(person.actor);
    expect(shown).toMatchObject({ agent: { browser: 'chrome', system: 'android' } });
    expect(shown?.endsInSeconds).toBeGreaterThan(60);
    const claims = must(await signIn(kind, browser, shown?.code ?? ''));
    expect(claims).toMatchObject({ sub: person.claims.sub, realm: kind });
    expect(await listOpenCodes(person.actor)).toEqual([]);
    expect(await signIn(kind, browser, shown?.code ?? '')).toMatchObject({ code: 'auth.codeExpired' });
    const told = await database().query<{ kind: string }>(
      "SELECT kind FROM notifications WHERE (user_id = $1 OR vendor_id = $1) AND kind = 'session.newDevice'",
      [claims.sub],
    );
    expect(told).toHaveLength(1);
  });

  test('opens a session that lasts no longer than one that could show it: none keeps the others alive', async () => {
    const person = await signedIn(kind);
    await database().query(
      "UPDATE sessions SET absolute_expires_at = clock_timestamp() + interval '3 days' WHERE id = $1",
      [person.claims.sid],
    );
    const browser = await asks(person);
    const [shown] = await listOpenCodes(person.actor);
    const { sid } = must(await signIn(kind, browser, shown?.code ?? ''));
    const [row] = await database().query<{ days: number }>(
      'SELECT extract(epoch FROM absolute_expires_at - clock_timestamp())::float8 / 86400 AS days FROM sessions WHERE id = $1',
      [sid],
    );
    expect(row?.days).toBeLessThanOrEqual(3);
  });

  test('is good in no other browser, and has no more guesses than any code', async () => {
    const person = await signedIn(kind);
    const browser = await asks(person);
    const code = (await listOpenCodes(person.actor))[0]?.code ?? '';
    expect(await signIn(kind, newBrowser(), code)).toMatchObject({ code: 'auth.codeExpired' });
    for (let guess = 0; guess < 5; guess += 1)
      expect(await signIn(kind, browser, otherThan(code))).toMatchObject({ code: 'auth.codeWrong' });
    expect(await signIn(kind, browser, code)).toMatchObject({ code: 'auth.codeExpired' });
    expect(await listOpenCodes(person.actor)).toEqual([]);
  });

  test('is nobody else’s to see, ends with its time, and by "that was not me"', async () => {
    const [person, other] = [await signedIn(kind), await signedIn(kind)];
    const browser = await asks(person);
    expect(await listOpenCodes(other.actor)).toEqual([]);
    expect(must(await refuseCodes(other.actor))).toEqual({ ended: 0 });
    const code = (await listOpenCodes(person.actor))[0]?.code ?? '';
    expect(must(await refuseCodes(person.actor))).toEqual({ ended: 1 });
    expect(await signIn(kind, browser, code)).toMatchObject({ code: 'auth.codeExpired' });
    await asks(person);
    await ageCodes(database(), person.phone, 121);
    expect(await listOpenCodes(person.actor)).toEqual([]);
  });
});

describe('a stolen session', () => {
  test('sees no code of a password reset, and none of a change of number', async () => {
    const { actor, phone, kind } = await signedIn();
    const browserHash = newBrowser();
    must(await requestPasswordReset({ kind, phone, browserHash, address: newAddress() }));
    const to = newPhone();
    must(
      await requestPhoneChange(actor, {
        phone: to,
        password,
        browserHash: newBrowser(),
        device: elsewhere(),
      }),
    );
    expect(await listOpenCodes(actor)).toEqual([]);
  });

  test('makes no password of a code it sees: that code serves signing in and nothing else', async () => {
    const person = await signedIn();
    const browserHash = newBrowser();
    const { kind, phone } = person;
    must(await requestPasswordReset({ kind, phone, browserHash, address: newAddress() }));
    must(await requestDeviceCode({ kind, phone, browserHash, device: elsewhere() }));
    const [shown] = await listOpenCodes(person.actor);
    const code = shown?.code ?? '';
    const reset = { kind, code, newPassword: 'another sentence of mine', browserHash, device: elsewhere() };
    expect(await resetPassword({ ...reset, sessionId: crypto.randomUUID() })).toMatchObject({
      code: 'auth.codeWrong',
    });
    for (const purpose of ['phone_verify', 'old_phone', 'new_phone'] as const)
      expect(await checkCode({ kind, purpose, browserHash, code, address: newAddress() })).toMatchObject({
        code: 'auth.codeExpired',
      });
  });

  test('that the owner ends takes the codes it saw with it', async () => {
    const person = await signedIn();
    const thief = must(
      await signIn('user', await asks(person), (await listOpenCodes(person.actor))[0]?.code ?? ''),
    );
    const browser = await asks(person);
    const seen = (await listOpenCodes({ ...person.actor, sessionId: thief.sid }))[0]?.code ?? '';
    must(await revokeOtherSessions(person.actor));
    expect(await signIn('user', browser, seen)).toMatchObject({ code: 'auth.codeExpired' });
  });

  test('of nobody is left: a code opens nothing for an account that is signed in nowhere', async () => {
    const person = await signedIn();
    const browser = await asks(person);
    const code = (await listOpenCodes(person.actor))[0]?.code ?? '';
    await database().query(
      "UPDATE sessions SET expires_at = clock_timestamp() - interval '1 s' WHERE id = $1",
      [person.claims.sid],
    );
    expect(await signIn('user', browser, code)).toMatchObject({ code: 'auth.codeExpired' });
  });

  test('of an administrator shows none, before and after the rights came', async () => {
    const person = await signedIn();
    const browser = await asks(person);
    const code = (await listOpenCodes(person.actor))[0]?.code ?? '';
    await database().query('INSERT INTO admin_grants (user_id) VALUES ($1)', [person.claims.sub]);
    expect(await signIn('user', browser, code)).toMatchObject({ code: 'auth.codeExpired' });
    await asks(person);
    expect(await listOpenCodes(person.actor)).toEqual([]);
  });
});

test('the code leaves by no message, no job and no export, and a number that nobody has is answered the same', async () => {
  const person = await signedIn();
  const before = await database().query('SELECT id FROM outbox_messages');
  await asks(person);
  const { id, code } = await newestCode(database(), person.phone);
  expect((await listOpenCodes(person.actor)).map((one) => one.code)).toEqual([code]);
  expect(codeFor(id)).toBe(code);
  expect(await database().query("SELECT id FROM pgboss.job WHERE data ->> 'messageId' = $1", [id])).toEqual(
    [],
  );
  expect(await database().query('SELECT id FROM outbox_messages')).toEqual(before);
  expect(await readRecords(person.claims.sub)).not.toContain(code);
  const stranger = newPhone();
  const browserHash = newBrowser();
  expect(
    await requestDeviceCode({ kind: 'user', phone: stranger, browserHash, device: elsewhere() }),
  ).toEqual({
    ok: true,
    value: null,
  });
  const guess = await newestCode(database(), stranger);
  expect(await signIn('user', browserHash, guess.code)).toMatchObject({ code: 'auth.codeWrong' });
});
