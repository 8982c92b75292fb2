import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { grantQuota } from '#lib/admin/account/grant-quota.ts';
import { restoreAccount, suspendAccount } from '#lib/admin/account/suspend-account.ts';
import { noticeKinds } from '#lib/notifications/notice/kinds.ts';
import { placeOf } from '#lib/notifications/notice/place-of.ts';
import { countUnreadNotices, listNotices, readNoticesAbout } from '#lib/notifications/notice/read-notices.ts';
import { root } from '#scripts/steps/root.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newUser, newVendor } from '#tests/support/files.ts';
import { must } from '#tests/support/galleries.ts';

const database = useTestDatabase();

/** Whether a page of ours stands at a path. */
function isPage(path: string): boolean {
  let folder = join(root, 'app/[locale]');
  for (const part of path.split('/').filter(Boolean)) {
    const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const next = inside.find(({ name }) => name === part) ?? inside.find(({ name }) => name.startsWith('['));
    if (!next) return false;
    folder = join(folder, next.name);
  }
  return readdirSync(folder).includes('page.tsx');
}

describe('a notice', () => {
  test('leads somewhere, whatever it tells, to whichever kind of account', () => {
    const id = randomUUID();
    for (const kind of noticeKinds) {
      for (const account of ['user', 'vendor'] as const) {
        const told: Readonly<Record<string, string>>[] = [
          {},
          { id, count: '1', payment: id },
          { id, count: '3' },
        ];
        for (const data of told) {
          const place = placeOf({ kind, data }, account);
          // What an operator says stands in the notice whole.
          if (kind === 'operator.tell') expect(place).toBeNull();
          else expect(isPage(place ?? ''), `${kind} ${account} ${place}`).toBe(true);
        }
      }
    }
    const payment = { kind: 'payment.complete', data: { payment: id } } as const;
    expect(placeOf(payment, 'vendor')).toBe(`/vendor/billing/payments/${id}`);
  });

  test('is read by what it tells of being on the screen, and by nothing else', async () => {
    const { userId } = await newUser();
    const other = await newUser();
    const [result, payment] = [randomUUID(), randomUUID()];
    const tell = (owner: string, kind: string, data: object) =>
      database().query('INSERT INTO notifications (user_id, kind, data) VALUES ($1, $2, $3)', [
        owner,
        kind,
        data,
      ]);
    await tell(userId, 'conversion.complete', { id: result, count: '1' });
    await tell(userId, 'payment.complete', { payment, plan: 'pro' });
    await tell(userId, 'password.change', {});
    await tell(other.userId, 'conversion.complete', { id: result, count: '1' });
    const owner = { kind: 'user', accountId: userId } as const;
    expect(must(await readNoticesAbout(owner, randomUUID()))).toEqual({ read: 0 });
    expect(must(await readNoticesAbout(owner, result))).toEqual({ read: 1 });
    expect(must(await readNoticesAbout(owner, result))).toEqual({ read: 0 });
    expect(await countUnreadNotices(owner)).toBe(2);
    expect(must(await readNoticesAbout(owner, payment))).toEqual({ read: 1 });
    expect(await countUnreadNotices({ kind: 'user', accountId: other.userId })).toBe(1);
  });

  test('of several results stays news when one of them was seen', async () => {
    const { userId } = await newUser();
    const id = randomUUID();
    const data = { id, count: '2' };
    await database().query(
      "INSERT INTO notifications (user_id, kind, data) VALUES ($1, 'conversion.complete', $2)",
      [userId, data],
    );
    expect(must(await readNoticesAbout({ kind: 'user', accountId: userId }, id))).toEqual({ read: 0 });
  });
});

describe('what an administrator does for an account', () => {
  test('is told to it: a present, and that it is open again', async () => {
    const [{ userId }, { vendorId }, admin] = [await newUser(), await newVendor(), await newUser()];
    const actor = {
      kind: 'admin',
      userId: admin.userId,
      sessionId: randomUUID(),
      reason: 'a sentence of reason',
    } as unknown as Parameters<typeof grantQuota>[0];
    must(await grantQuota(actor, { kind: 'vendor', id: vendorId, amount: 5 }));
    must(await grantQuota(actor, { kind: 'vendor', id: vendorId, amount: -2 }));
    must(await suspendAccount(actor, { kind: 'user', id: userId, suspendedFor: 'request' }));
    must(await restoreAccount(actor, { kind: 'user', id: userId }));
    const told = async (kind: 'user' | 'vendor', accountId: string) =>
      (await listNotices({ kind, accountId })).map((notice) => [notice.kind, notice.data]);
    expect(await told('vendor', vendorId)).toEqual([['quota.grant', { count: '5', resource: 'images' }]]);
    expect(await told('user', userId)).toEqual([['account.restore', {}]]);
  });
});
