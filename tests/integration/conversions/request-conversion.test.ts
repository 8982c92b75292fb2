import { describe, expect, test } from 'vitest';
import { cancelConversion } from '#lib/conversions/cancel-conversion.ts';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import {
  accounts,
  must,
  newActor,
  newConversion,
  newPhoto,
  useConversions,
} from '#tests/support/conversions.ts';

const { database } = useConversions();
const jobsOf = (id: string) =>
  database().query("SELECT 1 FROM pgboss.job WHERE name = 'conversion.run' AND data->>'conversionId' = $1", [
    id,
  ]);

describe('a requested conversion', () => {
  test('is charged, recorded, queued and written down at once', async () => {
    const { actor, imageId } = await newPhoto();
    const { id } = must(await requestConversion(actor, { imageId, style: 'noir' }));
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, conversions: 1 });
    expect(await jobsOf(id)).toHaveLength(1);
    const events = await database().query<{ action: string }>(
      'SELECT action FROM audit_logs WHERE resource_id = $1',
      [id],
    );
    expect(events).toEqual([{ action: 'conversion.request' }]);
  });

  test('does not exist and costs nothing when its job cannot be queued', async () => {
    const { actor, imageId } = await newPhoto();
    await database().query(
      "ALTER TABLE pgboss.job ADD CONSTRAINT closed CHECK (data->>'conversionId' IS NULL) NOT VALID",
    );
    try {
      await expect(requestConversion(actor, { imageId, style: 'noir' })).rejects.toThrow();
    } finally {
      await database().query('ALTER TABLE pgboss.job DROP CONSTRAINT closed');
    }
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0, conversions: 0 });
  });

  test("of a stranger's photo is not found, and nobody is charged", async () => {
    const { actor: owner, imageId } = await newPhoto();
    const stranger = await newActor();
    expect(await requestConversion(stranger, { imageId, style: 'noir' })).toMatchObject({
      ok: false,
      code: 'notFound',
    });
    expect(await accounts(database(), stranger.userId)).toMatchObject({ free: 2, conversions: 0 });
    expect(await accounts(database(), owner.userId)).toMatchObject({ free: 2, conversions: 0 });
  });

  test('is refused by a name of its own when nothing is left', async () => {
    const { actor, imageId } = await newPhoto();
    for (const style of ['noir', 'duotone'] as const)
      must(await requestConversion(actor, { imageId, style }));
    expect(await requestConversion(actor, { imageId, style: 'noir' })).toMatchObject({
      ok: false,
      code: 'quota.exceeded',
    });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 0, charged: 2, conversions: 2 });
  });

  test('is made exactly twice by 64 requests at once with two left', async () => {
    const { actor, imageId } = await newPhoto();
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => requestConversion(actor, { imageId, style: 'noir' })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(2);
    expect(new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.code])))).toEqual(
      new Set(['quota.exceeded']),
    );
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 0, charged: 2, conversions: 2 });
  });

  test('of a suspended account is refused', async () => {
    const { actor, imageId } = await newPhoto();
    await database().query('UPDATE users SET is_active = false WHERE id = $1', [actor.userId]);
    expect(await requestConversion(actor, { imageId, style: 'noir' })).toMatchObject({
      ok: false,
      code: 'account.inactive',
    });
  });
});

describe('a waiting conversion', () => {
  test('can be taken back once, and its charge returns once', async () => {
    const { actor, id } = await newConversion();
    const answers = await Promise.all(Array.from({ length: 8 }, () => cancelConversion(actor, id)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0 });
  });

  test('cannot be taken back by a stranger', async () => {
    const { actor, id } = await newConversion();
    expect((await cancelConversion(await newActor(), id)).ok).toBe(false);
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1 });
  });
});
