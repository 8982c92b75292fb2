import { expect, test } from 'vitest';
import { bannerInput } from '#lib/admin/banner/input.ts';
import { createBanner, retireBanner } from '#lib/admin/banner/set-banner.ts';
import { listBanners } from '#lib/admin/banner/store.ts';
import { writeJalali } from '#lib/core/dates.ts';
import { db } from '#lib/db/client.ts';
import { getBanners, isShown } from '#lib/notifications/banner/queries.ts';
import { newAdmin, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { useIdentity } from '#tests/support/identity.ts';

const database = useIdentity();
const hour = 3_600_000;
const inHours = (count: number) => new Date(Date.now() + count * hour);
const words = { fa: 'نوروز مبارک', en: 'Happy new year' } as const;

test('what is said to everybody is shown in its window, work on the site from when it is announced, and goes when it is taken away', async () => {
  const admin = await newAdmin();
  expect(await getBanners()).toEqual([]);
  must(await createBanner(admin, { kind: 'news', ...words, startsAt: null, endsAt: inHours(2) }));
  must(await createBanner(admin, { kind: 'news', ...words, startsAt: inHours(3), endsAt: inHours(4) }));
  must(
    await createBanner(admin, { kind: 'maintenance', ...words, startsAt: inHours(5), endsAt: inHours(6) }),
  );
  const kinds = async () => (await getBanners()).map(({ kind }) => kind);
  // Every process hears of it from the database.
  await expect.poll(kinds).toEqual(['maintenance', 'news']);
  const all = await listBanners(db(), 10);
  const shownIn = (hours: number) =>
    all.filter((banner) => isShown(banner, inHours(hours).getTime())).map(({ kind }) => kind);
  expect(shownIn(2.5)).toEqual(['maintenance']);
  expect(shownIn(3.5)).toEqual(['maintenance', 'news']);
  expect(shownIn(6.5)).toEqual([]);
  const [maintenance] = all;
  must(await retireBanner(admin, { id: maintenance?.id ?? '' }));
  await expect.poll(kinds).toEqual(['news']);
  expect(await retireBanner(admin, { id: maintenance?.id ?? '' })).toMatchObject({ code: 'notFound' });
  expect(
    await createBanner(admin, { kind: 'news', ...words, startsAt: inHours(2), endsAt: inHours(1) }),
  ).toMatchObject({ fields: { endsAt: 'admin.banners.endWrong' } });
  const told = (await toldOf(database(), admin)).map(({ action }) => action);
  expect(told).toEqual(['banner.create', 'banner.create', 'banner.create', 'banner.retire']);
});

test('a moment is a day by either calendar with an hour in Tehran', () => {
  const read = (endsAt: string) => bannerInput.safeParse({ kind: 'news', ...words, startsAt: '', endsAt });
  expect(read('2026-12-11 22:30').data?.endsAt.toISOString()).toBe('2026-12-11T19:00:00.000Z');
  expect(read('۱۴۰۵/۰۹/۲۰ ۲۲:۳۰').data?.endsAt.toISOString()).toBe('2026-12-11T19:00:00.000Z');
  expect(writeJalali(read('1405/09/20').data?.endsAt ?? new Date())).toContain('1405');
  for (const wrong of ['', 'tomorrow', '1405/09/20 24:00', '1405/13/01 10:00', '22:30']) {
    expect(read(wrong).success, wrong).toBe(false);
  }
});
