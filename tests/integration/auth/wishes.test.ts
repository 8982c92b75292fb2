import { describe, expect, test } from 'vitest';
import { grantedBefore, grantOnce, wishOf } from '#lib/auth/wish/grant-once.ts';
import { deleteOldWishes } from '#lib/auth/wish/store.ts';
import { perform } from '#lib/core/action.ts';
import { newRandomId } from '#lib/core/random-id.ts';
import { fail, succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { newestCode, newPhone, password, signUpAndVerify, useIdentity } from '#tests/support/identity.ts';
import { asBrowser } from '#tests/support/request-scope.ts';

const database = useIdentity(1000);
const newName = () => newRandomId() + newRandomId();

/** Work that counts how often it is done. */
function counted<View>(view: View) {
  const done = { times: 0 };
  const work = async () => {
    done.times += 1;
    return succeed({ view, time: done.times });
  };
  return { done, work };
}

describe('a wish', () => {
  test('is carried out once and answered the same, with all that an answer may hold', async () => {
    const view = { at: new Date(0), rials: 5n, none: undefined, list: [null, 'خوب'] };
    const { done, work } = counted(view);
    const wish = wishOf('user|a', newName());
    const first = await grantOnce(wish, work);
    expect(await grantOnce(wish, work)).toEqual(first);
    expect(first).toEqual(succeed({ view, time: 1 }));
    expect(done.times).toBe(1);
  });

  test('is carried out once when it is asked for many times at the same moment', async () => {
    let finish = () => {};
    const until = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { done, work } = counted('x');
    const wish = wishOf('user|a', newName());
    const slowly = async () => {
      await until;
      return work();
    };
    const all = Array.from({ length: 5 }, () => grantOnce(wish, slowly));
    finish();
    expect(new Set((await Promise.all(all)).map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(done.times).toBe(1);
  });

  test('that was refused, or failed, is looked at anew', async () => {
    const wish = wishOf('user|a', newName());
    expect(await grantOnce(wish, async () => fail('notFound', 'not yet'))).toMatchObject({ ok: false });
    await expect(grantOnce(wish, () => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
    expect(await grantOnce(wish, async () => succeed(1))).toEqual(succeed(1));
  });

  test('of another account under the same name is another one; only its owner, or nobody, hears the answer', async () => {
    const name = newName();
    await grantOnce(wishOf('user|a', name), async () => succeed('of a'));
    expect(await grantOnce(wishOf('user|b', name), async () => succeed('of b'))).toEqual(succeed('of b'));
    expect(await grantedBefore(name, 'user|b')).toBeNull();
    expect(await grantedBefore(name, 'user|a')).toEqual(succeed('of a'));
    expect(await grantedBefore(newName(), null)).toBeNull();
  });

  test('is taken over from a process that ended in the middle of it', async () => {
    const name = newName();
    const wish = wishOf('user|a', name);
    await database().query(
      'INSERT INTO wishes (id, taken_by, made_at) VALUES ($1, gen_random_uuid(), now() - $2::interval)',
      [wish?.id, '21 seconds'],
    );
    expect(await grantOnce(wish, async () => succeed(1))).toEqual(succeed(1));
  });

  test('is kept sealed, not when its answer is long, and for some minutes only', async () => {
    const wish = wishOf('user|a', newName());
    await grantOnce(wish, async () => succeed('a secret address'));
    const [row] = await database().query<{ answer: string }>('SELECT answer FROM wishes WHERE id = $1', [
      wish?.id,
    ]);
    expect(Buffer.from(row?.answer ?? '', 'base64url').toString()).not.toContain('secret');
    const long = wishOf('user|a', newName());
    await grantOnce(long, async () => succeed('x'.repeat(20_000)));
    expect(await database().query('SELECT 1 FROM wishes WHERE id = $1', [long?.id])).toEqual([]);
    await database().query("UPDATE wishes SET made_at = made_at - interval '21 minutes' WHERE id = $1", [
      wish?.id,
    ]);
    expect(await deleteOldWishes(db(), 100)).toBe(1);
  });
});

describe('a door', () => {
  test('answers a change of password whose answer was lost as it was made, and a new one by its merits', async () => {
    const { claims } = await signUpAndVerify(database());
    const { sealClaims } = await import('#lib/auth/session/session-token.ts');
    const { changeUserPassword } = await import('#lib/account/actions.ts');
    asBrowser({ 'ai-stayler.user-session': await sealClaims(claims) });
    const input = { password, newPassword: `${password} too` };
    const name = newName();
    expect(await perform(changeUserPassword, input, name)).toEqual(succeed(null));
    expect(await perform(changeUserPassword, input, name)).toEqual(succeed(null));
    expect(await perform(changeUserPassword, input, newName())).toMatchObject({
      fields: { password: expect.any(String) },
    });
  });

  test('tells somebody whose account is deleted that it is, though nobody is signed in any more', async () => {
    const { claims } = await signUpAndVerify(database());
    const { sealClaims } = await import('#lib/auth/session/session-token.ts');
    const { deleteUserAccount } = await import('#lib/account/actions.ts');
    const cookies = { 'ai-stayler.user-session': await sealClaims(claims) };
    const input = { password, confirm: 'delete' };
    const name = newName();
    asBrowser(cookies);
    expect(await perform(deleteUserAccount, input, name)).toEqual(succeed(null));
    asBrowser(cookies);
    expect(await perform(deleteUserAccount, input, name)).toEqual(succeed(null));
    asBrowser(cookies);
    expect(await perform(deleteUserAccount, input, newName())).toMatchObject({ code: 'auth.required' });
  });

  test.each(['sign-up', 'reset'] as const)(
    'opens the session of a code once, heard or not: %s',
    async (way) => {
      const { signUpUser, verifyUser, forgotUserPassword, resetUserPassword } = await import(
        '#lib/auth/actions.ts'
      );
      const { currentUser } = await import('#lib/auth/door/current.ts');
      const phone = way === 'reset' ? (await signUpAndVerify(database())).phone : newPhone();
      const jar = asBrowser({});
      await (way === 'reset'
        ? perform(forgotUserPassword, { phone })
        : perform(signUpUser, { phone, password, name: '' }));
      const before = Object.fromEntries(jar);
      const { code } = await newestCode(database(), phone);
      const name = newName();
      const send = async (called: string) => {
        const kept = asBrowser(before);
        const answer = await (way === 'reset'
          ? perform(resetUserPassword, { code, newPassword: `${password} again` }, called)
          : perform(verifyUser, { code }, called));
        // The framework renders the page anew in the answer of an action that sets a cookie, with the cookie.
        const isIn = (await currentUser()) !== null;
        return [answer, kept.has('ai-stayler.user-session'), isIn];
      };
      expect(await send(name)).toEqual([succeed(null), true, true]);
      expect(await send(name)).toEqual([succeed(null), true, true]);
      const sessions = await database().query(
        'SELECT 1 FROM sessions s JOIN users u ON u.id = s.user_id WHERE u.phone = $1 AND s.revoked_at IS NULL',
        [phone],
      );
      expect(sessions).toHaveLength(1);
      // Another browser's page, or another try, knows no such name.
      expect(await send(newName())).toMatchObject([{ ok: false, code: 'auth.codeExpired' }, false, false]);
    },
  );
});
