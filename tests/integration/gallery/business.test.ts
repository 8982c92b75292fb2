import { describe, expect, test } from 'vitest';
import { db } from '#lib/db/client.ts';
import { changeHandle } from '#lib/gallery/vendor/change-handle.ts';
import { businessInput, handleInput } from '#lib/gallery/vendor/input.ts';
import { businessKinds } from '#lib/gallery/vendor/kinds.ts';
import { readVendorProfile, safeLink } from '#lib/gallery/vendor/profile.ts';
import { updateBusiness } from '#lib/gallery/vendor/update-business.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { vendorActor } from '#tests/support/galleries.ts';

const database = useTestDatabase();

const typed = {
  businessName: 'خانهٔ نقش',
  bio: 'قالی\nو کاشی',
  kind: 'craft',
  city: 'اصفهان',
  contactPhone: '۰۳۱-۳۲۲۲ ۱۱۱۱',
  email: ' shop@example.ir ',
  address: 'میدان نقش جهان',
  website: 'example.ir/shop',
  instagram: '@khane.naqsh',
  telegram: '',
  whatsapp: '+989121234567',
  bale: '',
  eitaa: '',
};

const handleOf = async (id: string) => (await db().vendor.findUniqueOrThrow({ where: { id } })).handle;

describe('what a business says of itself', () => {
  test('is kept typed, and read back as it was meant', async () => {
    const actor = await vendorActor();
    expect(await updateBusiness(actor, businessInput.parse(typed))).toEqual({ ok: true, value: null });
    const row = await db().vendor.findUniqueOrThrow({ where: { id: actor.vendorId } });
    expect([row.businessName, row.bio]).toEqual(['خانهٔ نقش', 'قالی\nو کاشی']);
    expect(readVendorProfile(row)).toEqual({
      kind: 'craft',
      city: 'اصفهان',
      phone: '+983132221111',
      email: 'shop@example.ir',
      address: 'میدان نقش جهان',
      links: [
        { kind: 'website', url: 'https://example.ir/shop' },
        { kind: 'instagram', url: 'https://instagram.com/khane.naqsh' },
        { kind: 'whatsapp', url: 'https://wa.me/989121234567' },
      ],
    });
    const events = await database().query(
      `SELECT 1 FROM audit_logs WHERE action = 'account.update' AND vendor_id = $1`,
      [actor.vendorId],
    );
    expect(events).toHaveLength(1);
  });

  test.each(businessKinds)('is any kind that is asked for: %s', async (kind) => {
    const actor = await vendorActor();
    expect(await updateBusiness(actor, businessInput.parse({ ...typed, kind }))).toEqual({
      ok: true,
      value: null,
    });
    const row = await db().vendor.findUniqueOrThrow({ where: { id: actor.vendorId } });
    expect(readVendorProfile(row).kind).toBe(kind);
  });

  test('never grants the badge, a plan or quota, whatever is sent along', () => {
    const sent = { ...typed, isVerified: true, is_verified: true, planId: 'x', freeGalleryRemaining: 99 };
    expect(Object.keys(businessInput.parse(sent)).sort()).toEqual(Object.keys(typed).sort());
  });

  test('of a suspended vendor stays as it is', async () => {
    const actor = await vendorActor();
    await database().query('UPDATE vendors SET is_active = false WHERE id = $1', [actor.vendorId]);
    expect(await updateBusiness(actor, businessInput.parse(typed))).toMatchObject({ code: 'auth.required' });
    expect(await changeHandle(actor, { handle: 'somewhere' })).toMatchObject({ code: 'auth.required' });
  });

  test.each([
    ['website', 'javascript:alert(1)'],
    ['website', 'http://example.com'],
    ['website', 'https://user:secret@example.com'],
    ['website', 'https://example.com:8443/'],
    ['website', 'https://localhost/'],
    ['website', 'data:text/html,x'],
    ['instagram', 'https://evil.example/instagram.com'],
    ['instagram', 'https://instagram.com.evil.example/a'],
    ['telegram', 'https://t.me@evil.example/a'],
    ['whatsapp', 'javascript:1'],
  ] as const)('links as %s to no such address: %s', (kind, address) => {
    expect(safeLink(kind, address)).toBeNull();
    expect(businessInput.safeParse({ ...typed, [kind]: address }).success).toBe(false);
  });

  test('is read without what should never have been stored', () => {
    const wicked = {
      profileInfo: { kind: 'bank', city: 5 },
      contactInfo: 'x',
      socialLinks: { website: 'javascript:alert(1)', instagram: ['x'], other: 'https://example.com' },
    };
    expect(readVendorProfile(wicked)).toEqual({
      kind: null,
      city: null,
      phone: null,
      email: null,
      address: null,
      links: [],
    });
  });

  test.each([
    `{"website": "javascript:alert(1)"}`,
    `{"website": "http://example.com"}`,
    `{"website": 5}`,
    `[]`,
  ])('is refused by the database itself: %s', async (links) => {
    const { vendorId } = await vendorActor();
    const written = database().query('UPDATE vendors SET social_links = $2::jsonb WHERE id = $1', [
      vendorId,
      links,
    ]);
    await expect(written).rejects.toMatchObject({ code: '23514', constraint: 'chk_vendor_social_links' });
  });
});

describe('a handle', () => {
  test('is changed, and the former one leads on and comes back to its vendor only', async () => {
    const [actor, other] = [await vendorActor(), await vendorActor()];
    expect(await changeHandle(actor, { handle: 'first-shop' })).toMatchObject({ ok: true });
    expect(await changeHandle(actor, { handle: 'second_shop' })).toMatchObject({ ok: true });
    expect(await changeHandle(other, { handle: 'first-shop' })).toMatchObject({
      ok: false,
      code: 'input.invalid',
      fields: { handle: 'vendorProfile.handle.taken' },
    });
    expect(await changeHandle(actor, { handle: 'first-shop' })).toMatchObject({ ok: true });
    expect(await handleOf(actor.vendorId)).toBe('first-shop');
    const kept = await database().query('SELECT 1 FROM vendor_handles WHERE vendor_id = $1', [
      actor.vendorId,
    ]);
    expect(kept).toHaveLength(3);
  });

  test('goes to one of two who want it at once', async () => {
    const actors = await Promise.all(Array.from({ length: 6 }, vendorActor));
    const results = await Promise.all(actors.map((actor) => changeHandle(actor, { handle: 'wanted' })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test.each(['ab', 'admin', 'Vendor', '-shop', 'shop-', 'sh op', 'فروشگاه', 'a'.repeat(31), '../x', ''])(
    'is not: %s',
    (handle) => {
      expect(handleInput.safeParse({ handle }).success).toBe(false);
    },
  );

  test('is read in any case and any digits', () => {
    expect(handleInput.parse({ handle: ' @Shop_۱۲ ' })).toEqual({ handle: 'shop_12' });
  });

  test('that is reserved or malformed is refused by the database itself', async () => {
    const { vendorId } = await vendorActor();
    for (const handle of ['admin', 'login', 'UPPER', 'ab', 'a b', '-ab']) {
      const written = database().query('UPDATE vendors SET handle = $2 WHERE id = $1', [vendorId, handle]);
      await expect(written).rejects.toMatchObject({ code: '23514' });
    }
  });
});
