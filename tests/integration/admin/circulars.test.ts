import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { previewInput } from '#lib/admin/circular/input.ts';
import { createCircular, previewCircular, stopCircular } from '#lib/admin/circular/make-circular.ts';
import { listCirculars } from '#lib/admin/circular/store.ts';
import { db } from '#lib/db/client.ts';
import { sendCirculars } from '#lib/notifications/circular/send-circulars.ts';
import { sendNext } from '#lib/notifications/circular/store.ts';
import { listNotices } from '#lib/notifications/notice/read-notices.ts';
import { buy } from '#tests/sql/rows.ts';
import { newAdmin, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { newUser, newVendor } from '#tests/support/files.ts';
import { useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();
const words = {
  titleFa: 'ساعت کار نوروز',
  titleEn: 'Hours at Nowruz',
  textFa: 'از ۱ تا ۵ فروردین پاسخ‌گویی کند است.',
  textEn: 'From 21 to 25 March answers are slow.',
};
const group = { phone: null, city: null, shopKind: null };

/** How often each account was told of one. */
async function toldTimes(id: string): Promise<Map<string, number>> {
  const rows = await database().query<{ who: string; n: number }>(
    "SELECT coalesce(user_id, vendor_id) AS who, count(*)::int AS n FROM notifications WHERE data ->> 'circular' = $1 GROUP BY 1",
    [id],
  );
  return new Map(rows.map(({ who, n }) => [who, n]));
}

test('a notice to all reaches each account in use once, whoever sends it and however often a sender dies', async () => {
  const admin = await newAdmin();
  const people = await Promise.all(Array.from({ length: 40 }, newUser));
  const shops = await Promise.all(Array.from({ length: 12 }, () => newVendor()));
  const [asleep] = people;
  await database().query("UPDATE users SET is_active = false, suspended_for = 'abuse' WHERE id = $1", [
    asleep?.userId,
  ]);
  const id = randomUUID();
  const to = { ...group, to: 'all' } as const;
  const { receivers } = must(await previewCircular(admin, to));
  must(await createCircular(admin, { id, to, words }));
  // Sent again, it is the same one.
  must(await createCircular(admin, { id, to, words }));
  const late = await newUser();
  // One that dies with its batch written and not committed.
  await db()
    .$transaction(async (tx) => {
      await sendNext(tx, id, 7);
      throw new Error('the sender dies');
    })
    .catch(() => undefined);
  expect(await toldTimes(id)).toEqual(new Map());
  const rounds = async () => {
    for (let n = 0; n < 60; n += 1) await sendNext(db(), id, 7);
  };
  await Promise.all([rounds(), rounds(), rounds(), rounds()]);
  const told = await toldTimes(id);
  expect(told.size).toBe(receivers);
  expect(new Set(told.values())).toEqual(new Set([1]));
  for (const { userId } of people.slice(1)) expect(told.has(userId)).toBe(true);
  for (const { vendorId } of shops) expect(told.has(vendorId)).toBe(true);
  for (const one of [asleep, late]) expect(told.has(one?.userId ?? '')).toBe(false);
  const [row] = await listCirculars(db(), 'done', null, 5);
  expect(row).toMatchObject({ id, told: BigInt(receivers), stoppedAt: null });
  expect(await sendCirculars()).toBe(0);
  const [notice] = await listNotices({ kind: 'user', accountId: people[1]?.userId ?? '' });
  expect(notice).toMatchObject({ kind: 'operator.tell', words, isRead: false });
  expect(await toldOf(database(), admin)).toMatchObject([
    { action: 'circular.preview', metadata: { receivers } },
    { action: 'circular.create', resourceId: id, metadata: { audience: 'all', title: words.titleFa } },
  ]);
});

test('one account, those with a running plan, and shops of a city or kind are each told alone', async () => {
  const admin = await newAdmin();
  const [one, payer, { vendorId: shop }, { vendorId: other }] = [
    await newUser(),
    await newUser(),
    await newVendor(),
    await newVendor(),
  ];
  await buy(database(), { user_id: payer.userId }, 'basic');
  await database().query('UPDATE vendors SET profile_info = $2 WHERE id = $1', [
    shop,
    { city: 'شيراز', kind: 'salon' },
  ]);
  const [{ phone } = { phone: '' }] = await database().query<{ phone: string }>(
    'SELECT phone FROM users WHERE id = $1',
    [one.userId],
  );
  const sent = async (to: Parameters<typeof previewCircular>[1]) => {
    const id = randomUUID();
    const { receivers } = must(await previewCircular(admin, to));
    must(await createCircular(admin, { id, to, words }));
    await sendCirculars(3);
    const told = [...(await toldTimes(id)).keys()];
    expect(told).toHaveLength(receivers);
    return told;
  };
  expect(await sent({ ...group, to: 'user', phone })).toEqual([one.userId]);
  expect(await sent({ ...group, to: 'planned' })).toEqual([payer.userId]);
  // However the city is spelled.
  expect(await sent({ ...group, to: 'shops', city: 'شیراز' })).toEqual([shop]);
  expect(await sent({ ...group, to: 'shops', shopKind: 'salon', city: null })).toEqual([shop]);
  const vendors = await sent({ ...group, to: 'vendors' });
  expect(vendors).toEqual(expect.arrayContaining([shop, other]));
  expect(vendors).not.toContain(one.userId);
  expect(await previewCircular(admin, { ...group, to: 'user', phone: '+989000000000' })).toMatchObject({
    fields: { phone: 'admin.circulars.nobody' },
  });
  expect(await previewCircular(admin, { ...group, to: 'shops' })).toMatchObject({
    fields: { city: expect.any(String) },
  });
});

test('one that is stopped tells nobody more, says how many it told, and stays stopped', async () => {
  const admin = await newAdmin();
  await database().query('DELETE FROM circulars');
  await Promise.all(Array.from({ length: 9 }, newUser));
  const id = randomUUID();
  must(await createCircular(admin, { id, to: { ...group, to: 'users' }, words }));
  expect(await sendNext(db(), id, 4)).toBe(4);
  expect(must(await stopCircular(admin, { id }))).toEqual({ told: 4 });
  expect(await sendNext(db(), id, 4)).toBeNull();
  expect((await toldTimes(id)).size).toBe(4);
  expect(await stopCircular(admin, { id })).toMatchObject({ code: 'state.illegal' });
  await expect(
    database().query('UPDATE circulars SET stopped_at = NULL WHERE id = $1', [id]),
  ).rejects.toThrow();
  await expect(
    database().query("UPDATE circulars SET text_fa = 'other' WHERE id = $1", [id]),
  ).rejects.toThrow();
});

test('six a day go to more than one account, also of 20 at once; to one account they go on', async () => {
  const admin = await newAdmin();
  await database().query('DELETE FROM circulars');
  const { userId } = await newUser();
  const all = await Promise.all(
    Array.from({ length: 20 }, () =>
      createCircular(admin, { id: randomUUID(), to: { ...group, to: 'users' }, words }),
    ),
  );
  expect(all.filter(({ ok }) => ok)).toHaveLength(6);
  expect(all.filter((one) => !one.ok && one.code === 'rate.limited')).toHaveLength(14);
  const [{ phone } = { phone: '' }] = await database().query<{ phone: string }>(
    'SELECT phone FROM users WHERE id = $1',
    [userId],
  );
  must(await createCircular(admin, { id: randomUUID(), to: { ...group, to: 'user', phone }, words }));
});

test('what is typed is read with its number in any digits, and refused beside its field', () => {
  const typed = { ...words, to: 'user', phone: '۰۹۱۲ ۱۲۳ ۴۵۶۷' };
  expect(previewInput.parse(typed)).toMatchObject({ phone: '+989121234567', city: null, shopKind: null });
  const wrong = previewInput.safeParse({ ...typed, titleEn: '', textFa: 'x'.repeat(1001) });
  expect(wrong.error?.issues.map(({ path }) => path.join())).toEqual(['titleEn', 'textFa']);
});
