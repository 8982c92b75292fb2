import { beforeEach, describe, expect, test } from 'vitest';
import { cancelConversion } from '#lib/conversions/cancel-conversion.ts';
import { requestConversion, requestConversions } from '#lib/conversions/request-conversions.ts';
import { runConversion } from '#lib/conversions/run-conversion.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { succeed } from '#lib/core/result.ts';
import { db } from '#lib/db/client.ts';
import { transact } from '#lib/db/transact.ts';
import { agreeToPhotos, photoTerms } from '#lib/files/photo/agree-to-photos.ts';
import { admitMessage, isEnginePaused, listSpending } from '#lib/rate-limit/spending.ts';
import { sweepCounts } from '#lib/rate-limit/sweep-counts.ts';
import { watchSpending } from '#lib/rate-limit/watch-spending.ts';
import { createHostedEngine } from '#lib/styles/hosted/hosted-engine.ts';
import { noPicture } from '#lib/styles/hosted/hosted-service.ts';
import { meteredService } from '#lib/styles/hosted/metered-service.ts';
import { newAdmin } from '#tests/support/admin.ts';
import { accounts, must, newActor, newPhoto, useConversions } from '#tests/support/conversions.ts';

/** Ten calls a day; those who pay may make two more. */
Object.assign(process.env, {
  STYLE_ENGINE: 'gemini',
  STYLE_ENGINE_KEY: 'key',
  ENGINE_PRICE_RIALS: '100',
  ENGINE_DAILY_LIMIT_RIALS: '1000',
  SMS_PROVIDER: 'kavenegar',
  KAVENEGAR_API_KEY: 'key',
  KAVENEGAR_TEMPLATE: 'code',
  SMS_PRICE_RIALS: '10',
  SMS_DAILY_LIMIT_RIALS: '100',
});

const { database } = useConversions();

beforeEach(async () => {
  await database().query('DELETE FROM daily_spending');
  await database().query('DELETE FROM engine_spendings');
});

const spent = async (purpose: 'engine' | 'sms' = 'engine') => {
  const [row] = await database().query<{ calls: number; rials: number }>(
    'SELECT calls, rials::int FROM spent_days WHERE purpose = $1',
    [purpose],
  );
  return row ?? { calls: 0, rials: 0 };
};

/** Somebody with a photo and forty free conversions. Its file is made only where it is looked at. */
async function rich(): Promise<{ actor: UserActor; imageId: string }> {
  const actor = await newActor();
  await database().query('UPDATE users SET free_quota_remaining = 40 WHERE id = $1', [actor.userId]);
  must(await agreeToPhotos(actor.userId, photoTerms().code));
  const [image] = await database().query<{ id: string }>(
    `INSERT INTO images (user_id, type, file_name, original_url, mime_type, file_size)
     VALUES ($1, 'user', 'me.jpg', '/me', 'image/jpeg', 1) RETURNING id`,
    [actor.userId],
  );
  return { actor, imageId: image?.id ?? '' };
}

async function paying(): Promise<{ actor: UserActor; imageId: string }> {
  const photo = await newPhoto();
  must(await agreeToPhotos(photo.actor.userId, photoTerms().code));
  await database().query(`UPDATE subscription_periods SET ends_at = clock_timestamp() WHERE user_id = $1`, [
    photo.actor.userId,
  ]);
  await database().query(
    `INSERT INTO subscription_periods (user_id, plan_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
     SELECT $1, id, clock_timestamp(), clock_timestamp(), clock_timestamp() + interval '1 month', 50, 50
     FROM payment_plans WHERE name = 'basic'`,
    [photo.actor.userId],
  );
  return photo;
}

const style = 'ink' as const;
const ask = ({ actor, imageId }: { actor: UserActor; imageId: string }) =>
  requestConversion(actor, { imageId, style });

describe('the hosted engine', () => {
  test('32 who ask at once when ten fit are ten, and nobody else is charged', async () => {
    const people = await Promise.all(Array.from({ length: 32 }, rich));
    const answers = await Promise.all(people.map(ask));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
    const codes = new Set(answers.flatMap((one) => (one.ok ? [] : [one.code])));
    expect([...codes]).toEqual(['spending.paused']);
    expect(await spent()).toEqual({ calls: 10, rials: 1000 });
    const states = await Promise.all(people.map(({ actor }) => accounts(database(), actor.userId)));
    expect(states.reduce((sum, { charged }) => sum + charged, 0)).toBe(10);
    expect(states.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(10);
  }, 60_000);

  test('pauses those who do not pay first and those who pay last, and says so before anybody asks', async () => {
    const free = await rich();
    const paid = await paying();
    await database().query(
      "INSERT INTO daily_spending (day, purpose, calls, rials) VALUES (visit_day(), 'engine', 9, 900)",
    );
    expect([await isEnginePaused(false), await isEnginePaused(true)]).toEqual([false, false]);
    must(await ask(free));
    expect([await isEnginePaused(false), await isEnginePaused(true)]).toEqual([true, false]);
    const refused = await ask(free);
    expect(refused).toMatchObject({ code: 'spending.paused' });
    expect(refused.ok ? 0 : refused.retryAfterSeconds).toBeGreaterThan(0);
    expect(refused.ok ? 0 : refused.retryAfterSeconds).toBeLessThanOrEqual(86_400);
    must(await ask(paid));
    must(await ask(paid));
    expect(await isEnginePaused(true)).toBe(true);
    expect(await ask(paid)).toMatchObject({ code: 'spending.paused' });
  });

  test('several photos fit together or not at all', async () => {
    const { actor, imageId } = await rich();
    await database().query(
      "INSERT INTO daily_spending (day, purpose, calls, rials) VALUES (visit_day(), 'engine', 8, 800)",
    );
    const imageIds = [imageId, imageId, imageId];
    expect(await requestConversions(actor, { imageIds, style })).toMatchObject({ code: 'spending.paused' });
    expect(await spent()).toEqual({ calls: 8, rials: 800 });
    must(await requestConversions(actor, { imageIds: imageIds.slice(1), style }));
    expect(await spent()).toEqual({ calls: 10, rials: 1000 });
  });

  test('what was taken back before anybody was called costs nothing', async () => {
    const photo = await rich();
    const { id } = must(await ask(photo));
    expect(await spent()).toEqual({ calls: 1, rials: 100 });
    must(await cancelConversion(photo.actor, id));
    expect(await spent()).toEqual({ calls: 0, rials: 0 });
  });

  test('every real call counts: the first was admitted, those that repeat come on top', async () => {
    const photo = await newPhoto();
    must(await agreeToPhotos(photo.actor.userId, photoTerms().code));
    const { id } = must(await ask(photo));
    const service = meteredService(
      {
        name: 'gemini',
        timeoutMs: 1000,
        edit: async () => noPicture('retry', 'down'),
        check: async () => null,
      },
      100,
    );
    const run = {
      engine: createHostedEngine(service, { pauseMs: 1 }),
      signal: new AbortController().signal,
      isLastTry: true,
    };
    expect(await runConversion(id, run)).toBe('failed');
    // Three calls were made: nothing of what they cost comes back, though the charge of the customer does.
    expect(await spent()).toEqual({ calls: 3, rials: 300 });
    expect(await accounts(database(), photo.actor.userId)).toMatchObject({ charged: 0 });
  });

  test('what was admitted is forgotten two days later, once the conversion has ended', async () => {
    const [ended, waiting, recent] = [await rich(), await rich(), await rich()];
    const ask = async (one: typeof ended) =>
      must(await requestConversion(one.actor, { imageId: one.imageId, style: 'noir' })).id;
    const ids = [await ask(ended), await ask(waiting), await ask(recent)];
    await database().query('UPDATE engine_spendings SET calls = 1');
    await database().query(
      `UPDATE user_conversions SET status = 'failed', error_message = 'x' WHERE id = ANY ($1)`,
      [[ids[0], ids[2]]],
    );
    await database().query('UPDATE engine_spendings SET day = day - 2 WHERE conversion_id = ANY ($1)', [
      ids.slice(0, 2),
    ]);
    await sweepCounts();
    const left = await database().query<{ id: string }>('SELECT conversion_id AS id FROM engine_spendings');
    expect(left.map(({ id }) => id).sort()).toEqual(ids.slice(1).sort());
    expect((await spent()).calls).toBe(3);
  });

  test('yesterday’s spending is yesterday’s', async () => {
    await database().query(
      "INSERT INTO daily_spending (day, purpose, calls, rials) VALUES (visit_day() - 1, 'engine', 99, 9900)",
    );
    expect(await isEnginePaused(false)).toBe(false);
    must(await ask(await rich()));
  });
});

describe('administrators', () => {
  test('are told once at four fifths and once at the limit', async () => {
    const admin = await newAdmin();
    const person = await rich();
    const told = async () =>
      (
        await database().query<{ kind: string }>(
          "SELECT kind FROM notifications WHERE user_id = $1 AND kind LIKE 'spending%' ORDER BY created_at",
          [admin.userId],
        )
      ).map(({ kind }) => kind);
    const photos = (count: number) => Array.from({ length: count }, () => person.imageId);
    must(await requestConversions(person.actor, { imageIds: photos(7), style }));
    expect(await told()).toEqual([]);
    must(await ask(person));
    expect(await told()).toEqual(['spending.warn']);
    expect(await watchSpending()).toBe(1);
    must(await requestConversions(person.actor, { imageIds: photos(2), style }));
    expect(await told()).toEqual(['spending.warn', 'spending.pause']);
    await ask(await paying());
    expect(await told()).toHaveLength(2);
    expect((await listSpending()).map(({ purpose, today }) => [purpose, today.calls])).toEqual([
      ['engine', 11],
      ['sms', 0],
    ]);
  });
});

describe('text messages', () => {
  const send = (isNeeded: boolean) => transact(async (tx) => admitMessage(tx, isNeeded));

  test('20 new accounts at once when ten fit are ten; codes of existing accounts have two more', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(false)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
    expect([(await send(true)).ok, (await send(true)).ok, (await send(true)).ok]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await spent('sms')).toEqual({ calls: 12, rials: 120 });
  });

  test('a message whose transaction is rolled back costs nothing', async () => {
    await db()
      .$transaction(async (tx) => {
        await admitMessage(tx, true);
        throw new Error('no');
      })
      .catch(() => succeed(null));
    expect(await spent('sms')).toEqual({ calls: 0, rials: 0 });
  });
});
