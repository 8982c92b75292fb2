import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { createBatch, exportBatch, retireBatch } from '#lib/admin/batch/make-batch.ts';
import { listBatches } from '#lib/admin/batch/store.ts';
import { readCouponFilter } from '#lib/admin/coupon/read-filter.ts';
import { listCoupons } from '#lib/admin/coupon/store.ts';
import { db } from '#lib/db/client.ts';
import { redeemGift } from '#lib/payments/coupon/redeem-gift.ts';
import { newAdmin, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { newUser } from '#tests/support/files.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { expectInvariants } from '#tests/support/invariants.ts';

const database = useIdentity();
const batch = { name: 'Nowruz', value: 3, audience: 'user', startsAt: null, endsAt: null } as const;

const actorOf = (userId: string) => ({ kind: 'user', userId, sessionId: randomUUID() }) as const;

test('a batch makes its codes once, gives them out once, and each is used once by 64 at once', async () => {
  const admin = await newAdmin();
  const id = randomUUID();
  for (let n = 0; n < 2; n += 1)
    expect(must(await createBatch(admin, { ...batch, id, size: 5 }))).toEqual({ size: 5 });
  const files = await Promise.all([exportBatch(admin, { id }), exportBatch(admin, { id })]);
  const [file] = files.flatMap((one) => (one.ok ? [one.value] : []));
  expect(files.filter(({ ok }) => ok)).toHaveLength(1);
  expect(files.find(({ ok }) => !ok)).toMatchObject({ code: 'state.illegal' });
  expect(file?.file.startsWith('\ufeffcode\r\n')).toBe(true);
  const codes = file?.file.trimEnd().split('\r\n').slice(1) ?? [];
  expect(new Set(codes).size).toBe(5);
  for (const code of codes) expect(code).toMatch(/^[A-Z2-9]{11}$/);
  const people = await Promise.all(Array.from({ length: 64 }, newUser));
  const [code = '', second = ''] = codes;
  const used = await Promise.all(people.map(({ userId }) => redeemGift(actorOf(userId), code)));
  expect(used.filter(({ ok }) => ok)).toHaveLength(1);
  const [winner] = people.filter((_, at) => used[at]?.ok);
  // Another code of the same batch is another present.
  must(await redeemGift(actorOf(winner?.userId ?? ''), second));
  expect(await listBatches(db(), 5)).toMatchObject([{ id, size: 5, used: 2, retired: 0 }]);
  expect(must(await retireBatch(admin, { id }))).toEqual({ retired: 3 });
  expect(await redeemGift(actorOf(winner?.userId ?? ''), codes[3] ?? '')).toMatchObject({ ok: false });
  expect(await retireBatch(admin, { id })).toMatchObject({ code: 'state.illegal' });
  expect((await toldOf(database(), admin)).map(({ action }) => action)).toEqual([
    'batch.create',
    'batch.export',
    'batch.retire',
  ]);
  await expectInvariants(database());
});

test('codes of a batch stand in no list, and one that is asked about by whoever has it is found', async () => {
  const admin = await newAdmin();
  const id = randomUUID();
  must(await createBatch(admin, { ...batch, id, size: 2 }));
  const [code = ''] = must(await exportBatch(admin, { id }))
    .file.trimEnd()
    .split('\r\n')
    .slice(1);
  const found = async (query: Record<string, string>) =>
    (await listCoupons(db(), readCouponFilter(query), null, 50)).map((one) => one.code);
  expect(await found({ show: 'all' })).not.toContain(code);
  expect(await found({ q: code })).toEqual([code]);
  await expect(
    database().query('UPDATE coupon_batches SET exported_at = NULL WHERE id = $1', [id]),
  ).rejects.toThrow();
  await expect(database().query('UPDATE coupon_batches SET size = 9 WHERE id = $1', [id])).rejects.toThrow();
});
