import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cancelConversion } from '#lib/conversions/cancel-conversion.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { deleteConversion } from '#lib/conversions/history/delete-conversion.ts';
import { listConversions } from '#lib/conversions/history/list-conversions.ts';
import { markFavourite, renameConversion } from '#lib/conversions/history/mark-conversion.ts';
import { retryConversion } from '#lib/conversions/retry-conversion.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { deleteImage } from '#lib/files/image/delete-image.ts';
import {
  accounts,
  must,
  newActor,
  newConversion,
  painting,
  useConversions,
} from '#tests/support/conversions.ts';
import { filesUnder } from '#tests/support/files.ts';

const { database, dataDir } = useConversions();

const run = (id: string) =>
  runConversion(id, { engine: painting, signal: new AbortController().signal, isLastTry: true });

async function newResult(): Promise<{ actor: UserActor; imageId: string; id: string }> {
  const made = await newConversion('noir');
  expect(await run(made.id)).toBe('completed');
  return made;
}

const view = async (actor: UserActor, id: string) => must(await findConversion(actor, id));

describe('a title', () => {
  test('is kept, and taken away again', async () => {
    const { actor, id } = await newResult();
    must(await renameConversion(actor, { id, title: 'تابستان' }));
    expect(await view(actor, id)).toMatchObject({ title: 'تابستان' });
    must(await renameConversion(actor, { id, title: null }));
    expect(await view(actor, id)).toMatchObject({ title: null });
  });

  test("of a stranger's conversion is not found", async () => {
    const { actor, id } = await newResult();
    const stranger = await newActor();
    expect(await renameConversion(stranger, { id, title: 'mine' })).toMatchObject({ code: 'notFound' });
    expect(await view(actor, id)).toMatchObject({ title: null });
  });
});

describe('a favourite', () => {
  test('is marked once however often it is said, and found among the favourites', async () => {
    const { actor, id } = await newResult();
    for (let turn = 0; turn < 2; turn += 1) must(await markFavourite(actor, { id, isFavourite: true }));
    const favourites = await listConversions(actor, { filter: { kind: 'favourites' } });
    expect(favourites.items.map((one) => one.id)).toEqual([id]);
    must(await markFavourite(actor, { id, isFavourite: false }));
    expect((await listConversions(actor, { filter: { kind: 'favourites' } })).items).toEqual([]);
  });

  test("of a stranger's is not found", async () => {
    const { id } = await newResult();
    expect(await markFavourite(await newActor(), { id, isFavourite: true })).toMatchObject({
      code: 'notFound',
    });
  });
});

describe('the filters of a history', () => {
  test('tell styles and failures apart', async () => {
    const { actor, id } = await newResult();
    const kinds = async () => ({
      failed: (await listConversions(actor, { filter: { kind: 'failed' } })).items.length,
      noir: (await listConversions(actor, { filter: { kind: 'style', style: 'noir' } })).items.length,
      ink: (await listConversions(actor, { filter: { kind: 'style', style: 'ink' } })).items.length,
    });
    expect(await kinds()).toEqual({ failed: 0, noir: 1, ink: 0 });
    const again = await database().query<{ id: string }>(
      `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, status, error_message, charge_returned_at)
       VALUES ($1, 'free', '/x', 'ink', 'failed', 'x', now()) RETURNING id`,
      [actor.userId],
    );
    expect(again).toHaveLength(1);
    expect(await kinds()).toEqual({ failed: 1, noir: 1, ink: 1 });
    expect(id).not.toBe(again[0]?.id);
  });
});

describe('a deleted conversion', () => {
  test('loses picture, bytes, title and mark; its row stays for the accounts', async () => {
    const { actor, imageId, id } = await newResult();
    must(await renameConversion(actor, { id, title: 'Summer' }));
    must(await markFavourite(actor, { id, isFavourite: true }));
    const fileId = (await view(actor, id)).result?.url.split('/')[3] ?? '';
    expect((await filesUnder(join(dataDir, 'files'))).some((path) => path.includes(fileId))).toBe(true);

    must(await deleteConversion(actor, id));
    expect(await findConversion(actor, id)).toMatchObject({ ok: false, code: 'notFound' });
    expect((await listConversions(actor)).items).toEqual([]);
    expect((await filesUnder(join(dataDir, 'files'))).some((path) => path.includes(fileId))).toBe(false);
    expect(existsSync(join(dataDir, 'files'))).toBe(true);
    expect(await accounts(database(), actor.userId)).toMatchObject({
      free: 1,
      charged: 1,
      results: 0,
      conversions: 1,
    });
    // The photo is a thing of its own.
    expect(await database().query('SELECT 1 FROM images WHERE id = $1', [imageId])).toHaveLength(1);
    const written = await database().query(
      'SELECT 1 FROM audit_logs WHERE resource_id = $1 AND action = $2',
      [id, 'conversion.delete'],
    );
    expect(written).toHaveLength(1);
  });

  test('is deleted once by eight at once, and by no stranger', async () => {
    const { actor, id } = await newResult();
    expect(await deleteConversion(await newActor(), id)).toMatchObject({ code: 'notFound' });
    const answers = await Promise.all(Array.from({ length: 8 }, () => deleteConversion(actor, id)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('must have ended: what waits is taken back instead, and what runs is left alone', async () => {
    const { actor, id } = await newConversion('noir');
    expect(await deleteConversion(actor, id)).toMatchObject({ ok: false, code: 'state.illegal' });
    await database().query(
      "UPDATE user_conversions SET status = 'processing', attempts = attempts + 1 WHERE id = $1",
      [id],
    );
    expect(await deleteConversion(actor, id)).toMatchObject({ ok: false, code: 'state.illegal' });
    expect(await view(actor, id)).toMatchObject({ status: 'processing' });
  });
});

describe('a failed conversion', () => {
  test('says what was charged and when it came back, and can be asked for again', async () => {
    const { actor, id } = await newConversion('noir');
    must(await cancelConversion(actor, id));
    expect(await view(actor, id)).toMatchObject({
      failureCode: 'cancelled',
      chargeReturned: true,
      charge: { pool: 'free', returnedAt: expect.stringMatching(/^\d{4}-/) },
    });
    const again = must(await retryConversion(actor, id));
    expect(await view(actor, again.id)).toMatchObject({ status: 'pending', style: 'noir' });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, conversions: 2 });
  });

  test('cannot be asked for again without its photo, by a stranger, or when it has not failed', async () => {
    const { actor, imageId, id } = await newConversion('noir');
    expect(await retryConversion(actor, id)).toMatchObject({ code: 'state.illegal' });
    must(await cancelConversion(actor, id));
    expect(await retryConversion(await newActor(), id)).toMatchObject({ code: 'notFound' });
    must(await deleteImage({ userId: actor.userId }, imageId, { actor, reason: 'owner' }));
    expect(await retryConversion(actor, id)).toMatchObject({ code: 'notFound' });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0 });
  });
});
