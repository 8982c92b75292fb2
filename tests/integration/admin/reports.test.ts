import { expect, test } from 'vitest';
import { rerunConversion } from '#lib/admin/conversion/rerun-conversion.ts';
import { listGallery } from '#lib/admin/gallery/store.ts';
import { decideReport } from '#lib/admin/report/decide-report.ts';
import { db } from '#lib/db/client.ts';
import { publishImage } from '#lib/files/image/publish-image.ts';
import { addGalleryImage, addPhoto } from '#lib/files/upload/add-image.ts';
import { newAdmin, reason, toldOf } from '#tests/support/admin.ts';
import { must } from '#tests/support/conversions.ts';
import { asVendor, newUser, newVendor } from '#tests/support/files.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { quarters } from '#tests/support/pictures.ts';

const database = useIdentity(1000);
const source = () => quarters(80, 60).jpeg().toBuffer();

/** A public image that two visitors have reported. */
async function reported() {
  const { vendorId } = await newVendor();
  const image = must(await addGalleryImage({ vendorId, fileName: 'look.jpg', source: await source() }));
  const { url } = must(await publishImage(asVendor(vendorId), image.id));
  const rows = await database().query<{ id: string }>(
    `INSERT INTO image_reports (vendor_id, image_id, reason, reporter)
     SELECT $1, $2, 'stolen', decode(repeat(lpad(n::text, 2, '0'), 16), 'hex') FROM generate_series(1, 2) n RETURNING id`,
    [vendorId, image.id],
  );
  return { vendorId, imageId: image.id, url, reports: rows.map(({ id }) => id) };
}

const standing = async (imageId: string) =>
  (
    await database().query(
      'SELECT is_public AS public, moderation, original_url AS url FROM images WHERE id = $1',
      [imageId],
    )
  )[0];

test('an image that is taken down is gone for everybody under a new address, and stays so', async () => {
  const admin = await newAdmin();
  const { vendorId, imageId, url, reports } = await reported();
  expect(await decideReport(admin, { id: reports[0] ?? '', decision: 'removed' })).toEqual({
    ok: true,
    value: { decided: 2 },
  });
  const now = await standing(imageId);
  expect(now).toMatchObject({ public: false, moderation: 'refused' });
  expect(now?.url).not.toBe(url);
  // Whoever is asked by the vendor finds why, and what the vendor was told.
  const [row] = await listGallery(db(), { vendorId, state: 'refused' }, null, 10);
  expect(row).toMatchObject({ caseReason: 'reported', why: 'stolen', isUndoable: true });
  expect(row?.decidedAt).toBeInstanceOf(Date);
  expect(await publishImage(asVendor(vendorId), imageId)).toMatchObject({ ok: false, code: 'image.refused' });
  const told = await toldOf(database(), admin);
  expect(told.map(({ action }) => action)).toEqual(['image.unpublish', 'report.decide']);
  expect(told.every(({ metadata }) => metadata.reason === reason)).toBe(true);
});

test('an image that is kept stays where it is, and both reports are closed', async () => {
  const admin = await newAdmin();
  const { imageId, url, reports } = await reported();
  must(await decideReport(admin, { id: reports[1] ?? '', decision: 'kept' }));
  expect(await standing(imageId)).toEqual({ public: true, moderation: 'accepted', url });
  expect(await decideReport(admin, { id: reports[0] ?? '', decision: 'removed' })).toMatchObject({
    code: 'notFound',
  });
});

test('two who decide at once decide once', async () => {
  const admins = [await newAdmin(), await newAdmin()];
  const { reports } = await reported();
  const answers = await Promise.all(
    admins.map((admin) => decideReport(admin, { id: reports[0] ?? '', decision: 'kept' })),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
});

test('what failed is run again once, at nobody’s expense, even when its owner has nothing left', async () => {
  const admin = await newAdmin();
  const { userId } = await newUser();
  const photo = must(await addPhoto({ userId, fileName: 'me.jpg', source: await source() }));
  const [failed] = await database().query<{ id: string }>(
    `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, status, error_message, failure_code, charge_returned_at, source_image_id)
     VALUES ($1, 'free', '/a', 'oil', 'failed', 'x', 'engine', now(), $2) RETURNING id`,
    [userId, photo.id],
  );
  await database().query(
    'INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES ($1, $2, -2, $3)',
    [userId, 'conversions', 'used up'],
  );
  await database().query('UPDATE users SET free_quota_remaining = 0 WHERE id = $1', [userId]);
  const id = failed?.id ?? '';
  // Two administrators at once have it made once.
  const admins = [admin, await newAdmin()];
  const both = await Promise.all(admins.map((one) => rerunConversion(one, { id })));
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ code: 'state.illegal' });
  const first = both.findIndex(({ ok }) => ok);
  const again = must(both[first] as (typeof both)[0]);
  const jobs = await database().query(
    "SELECT 1 FROM pgboss.job WHERE name = 'conversion.run' AND data ->> 'conversionId' = $1",
    [again.id],
  );
  expect(jobs).toHaveLength(1);
  const [row] = await database().query(
    `SELECT c.user_id AS owner, c.status, u.free_quota_remaining AS left FROM user_conversions c JOIN users u ON u.id = c.user_id WHERE c.id = $1`,
    [again.id],
  );
  expect(row).toEqual({ owner: userId, status: 'pending', left: 0 });
  expect(await rerunConversion(admin, { id: again.id })).toMatchObject({ code: 'state.illegal' });
  // It fails again: what was never charged is not given back.
  await database().query("UPDATE user_conversions SET status = 'failed' WHERE id = $1", [again.id]);
  expect(
    await database().query('SELECT free_quota_remaining AS left FROM users WHERE id = $1', [userId]),
  ).toEqual([{ left: 0 }]);
  expect((await toldOf(database(), admins[first] as typeof admin)).at(-1)).toMatchObject({
    action: 'conversion.rerun',
    resourceId: failed?.id,
    metadata: { again: again.id, reason },
  });
});
