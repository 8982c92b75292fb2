import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { toInternational } from '#lib/core/phone.ts';
import { one } from '#scripts/rig/database.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';
import { newImage, newVendor } from '../rows.ts';

const database = useTestDatabase();
const query = <Row extends Record<string, unknown>>(text: string, values?: unknown[]) =>
  database().query<Row>(text, values);

const numbers: [string, string | null][] = [
  ['0912 123 4567', '+989121234567'],
  ['۰۹۱۲۱۲۳۴۵۶۷', '+989121234567'],
  ['٠٩١٢-١٢٣-٤٥٦٧', '+989121234567'],
  ['9121234567', '+989121234567'],
  ['989121234567', '+989121234567'],
  ['+98 912 123 4567', '+989121234567'],
  ['0098 912 123 4567', '+989121234567'],
  ['+98 0912 123 4567', '+989121234567'],
  ['980912 123 4567', '+989121234567'],
  ['021-8812 3456', '+982188123456'],
  ['+982188123456', '+982188123456'],
  ['+49 30 123456', '+4930123456'],
  ['0049 30 123456', '+4930123456'],
  ['1500', '1500'],
  ['12', null],
  ['no number', null],
  ['', null],
];

describe('a number at which a business is reached', () => {
  test.each(numbers)('%s is %s, to the database as to the program', async (typed, meant) => {
    expect(toInternational(typed)).toBe(meant);
    expect(one(await query('SELECT international_phone($1) AS number', [typed])).number).toBe(meant);
  });

  test.each([
    ['https://wa.me/09121234567', 'https://wa.me/989121234567'],
    ['https://wa.me/+989121234567', 'https://wa.me/989121234567'],
    ['https://api.whatsapp.com/send?phone=989121234567&text=a', 'https://wa.me/989121234567'],
    ['https://wa.me/message/ABCDEF', 'https://wa.me/message/ABCDEF'],
  ])('is written so for every writer, WhatsApp’s address too: %s', async (typed, kept) => {
    const id = await newVendor(database());
    await query(
      `UPDATE vendors SET contact_info = '{"phone": "09121234567"}', social_links = jsonb_build_object('whatsapp', $2::text)
        WHERE id = $1`,
      [id, typed],
    );
    const row = one(await query('SELECT contact_info, social_links FROM vendors WHERE id = $1', [id]));
    expect(row).toEqual({ contact_info: { phone: '+989121234567' }, social_links: { whatsapp: kept } });
  });
});

describe('what came of a picture', () => {
  const visit = (kind: string, imageId: string, visitor = randomBytes(16)) =>
    query('INSERT INTO gallery_visits (day, kind, subject_id, visitor) VALUES (visit_day(), $1, $2, $3)', [
      kind,
      imageId,
      visitor,
    ]);
  const counts = async (imageId: string) =>
    one(
      await query(
        'SELECT coalesce(sum(shares), 0)::int AS shares, coalesce(sum(clicks), 0)::int AS clicks FROM gallery_days WHERE subject_id = $1',
        [imageId],
      ),
    );

  test('counts a press once a day for each visitor, and only where something is offered', async () => {
    const vendor = await newVendor(database());
    const offered = await newImage(database(), { vendor_id: vendor, is_public: true, quota_pool: 'free' });
    const plain = await newImage(database(), { vendor_id: vendor, is_public: true, quota_pool: 'free' });
    await query('INSERT INTO offers (image_id, vendor_id) VALUES ($1, $2)', [offered, vendor]);
    const visitor = randomBytes(16);
    for (let n = 0; n < 3; n += 1) await visit('click', offered, visitor);
    await visit('click', offered);
    await visit('click', plain);
    await query('SELECT roll_up_gallery_visits()');
    expect(await counts(offered)).toEqual({ shares: 0, clicks: 2 });
    expect(await counts(plain)).toEqual({ shares: 0, clicks: 0 });
    // For the shop as a whole, too.
    expect(await counts(vendor)).toEqual({ shares: 0, clicks: 2 });
  });

  test('an offer goes with its picture, and shows no button for a way that the profile has not', async () => {
    const vendor = await newVendor(database());
    const image = await newImage(database(), { vendor_id: vendor, is_public: true, quota_pool: 'free' });
    await query("INSERT INTO offers (image_id, vendor_id, contact) VALUES ($1, $2, 'whatsapp')", [
      image,
      vendor,
    ]);
    const contact = async () =>
      (
        await query("SELECT offer -> 'contact' AS contact FROM shown_offers WHERE image_id = $1", [image])
      ).map((row) => row.contact);
    expect(await contact()).toEqual([null]);
    await query(
      `UPDATE vendors SET social_links = '{"whatsapp": "https://wa.me/0912 1234567"}' WHERE id = $1`,
      [vendor],
    );
    await query(
      `UPDATE vendors SET social_links = '{"whatsapp": "https://wa.me/09121234567"}' WHERE id = $1`,
      [vendor],
    );
    expect(await contact()).toEqual([{ kind: 'whatsapp', to: 'https://wa.me/989121234567' }]);
    await query('DELETE FROM images WHERE id = $1', [image]);
    expect(await contact()).toEqual([]);
  });
});
