import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import { fileRemover } from '#lib/files/storage/open-store.ts';
import { createLocalInventory } from '#lib/files/sweep/local-inventory.ts';
import { lookAtFiles, settleLoss } from '#lib/files/sweep/settle-lost-files.ts';
import { addGalleryImage } from '#lib/files/upload/add-image.ts';
import { checkInvariants } from '#lib/operations/invariant/check-invariants.ts';
import { accounts, must, newConversion, painting, useConversions } from '#tests/support/conversions.ts';
import { newVendor } from '#tests/support/files.ts';
import { quarters } from '#tests/support/pictures.ts';

const { database, dataDir } = useConversions();
const root = join(dataDir, 'files');
const look = () => lookAtFiles(createLocalInventory(root));
const mark = 'a'.repeat(32);

beforeAll(async () => {
  await createLocalInventory(root).writeMark(mark);
  await database().query('INSERT INTO file_store_marks (mark) VALUES ($1)', [mark]);
});

async function newResult() {
  const { actor, id } = await newConversion();
  await runConversion(id, { engine: painting, signal: new AbortController().signal, isLastTry: true });
  const [row] = await database().query<{ fileId: string }>(
    `UPDATE stored_files f SET created_at = now() - interval '10 minutes' FROM user_conversions c
     WHERE c.id = $1 AND f.image_id = c.result_image_id RETURNING f.id AS "fileId"`,
    [id],
  );
  return { actor, id, fileId: row?.fileId ?? '' };
}

const broken = async () =>
  (await checkInvariants()).filter(({ state }) => state !== 'holds').map(({ key }) => key);
const notices = async (kind: string) =>
  database().query<{ data: object }>('SELECT data FROM notifications WHERE kind = $1', [kind]);
const minutesGoBy = (minutes: number) =>
  database().query('UPDATE stored_files SET missing_at = missing_at - make_interval(mins => $1)', [minutes]);

describe('a result whose file is gone', () => {
  test('is seen, and after ten minutes its charge comes back and its owner is told, once', async () => {
    const { actor, id, fileId } = await newResult();
    expect(await look()).toBe(0);
    await fileRemover().remove(fileId);
    expect(await look()).toBe(1);
    expect(await broken()).toEqual(['filesPresent']);
    expect((await accounts(database(), actor.userId)).charged).toBe(1);

    await minutesGoBy(11);
    await look();
    await look();
    expect(await broken()).toEqual([]);
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0 });
    expect(must(await findConversion(actor, id))).toMatchObject({ chargeReturned: true });
    expect(await notices('picture.lost')).toEqual([{ data: { what: 'result', returned: 'yes', id } }]);
  });

  test('and is there again before that is as if nothing had happened', async () => {
    const { actor, fileId } = await newResult();
    await database().query(
      "UPDATE stored_files SET missing_at = now() - interval '20 minutes' WHERE id = $1",
      [fileId],
    );
    await look();
    expect(await broken()).toEqual([]);
    expect((await accounts(database(), actor.userId)).charged).toBe(1);
  });
});

test('a lost picture of a gallery goes with its row, and its slot comes back', async () => {
  const { vendorId } = await newVendor();
  const source = await quarters(80, 60).jpeg().toBuffer();
  const image = must(await addGalleryImage({ vendorId, fileName: 'a.jpg', source }));
  const fileId = image.url.split('/')[3] ?? '';
  await database().query('UPDATE stored_files SET missing_at = now() WHERE id = $1', [fileId]);
  await settleLoss(fileId);
  await settleLoss(fileId);
  const [row] = await database().query('SELECT free_gallery_remaining AS free FROM vendors WHERE id = $1', [
    vendorId,
  ]);
  expect(row).toEqual({ free: 10 });
  expect((await notices('picture.lost')).at(-1)).toEqual({ data: { what: 'vendor', returned: 'yes' } });
  expect(await broken()).toEqual([]);
});

test('a disk that is not mounted loses nothing', async () => {
  await newResult();
  await rm(root, { recursive: true });
  expect(await look()).toBe(0);
  const missing = await database().query(
    'SELECT 1 FROM stored_files WHERE missing_at IS NOT NULL AND lost_at IS NULL',
  );
  expect(missing).toEqual([]);
});
