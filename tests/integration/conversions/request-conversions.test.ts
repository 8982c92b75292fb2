import { describe, expect, test } from 'vitest';
import { cancelConversion } from '#lib/conversions/cancel-conversion.ts';
import { findConversion } from '#lib/conversions/find-conversion.ts';
import { requestConversionsInput } from '#lib/conversions/input.ts';
import { requestConversions } from '#lib/conversions/request-conversions.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { addPhoto } from '#lib/files/upload/add-image.ts';
import { enqueue } from '#lib/jobs/enqueue.ts';
import { accounts, must, newActor, useConversions } from '#tests/support/conversions.ts';
import { quarters } from '#tests/support/pictures.ts';

const { database } = useConversions();

/** Gives an account more free conversions than the two it begins with. */
const grant = (userId: string, amount: number) =>
  database().query(
    `INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES ($1, 'conversions', $2, 'a test')`,
    [userId, amount],
  );

/** A plan's period of ten conversions that began just now. */
const pay = (userId: string) =>
  database().query(
    `INSERT INTO subscription_periods (user_id, plan_id, anchor_at, starts_at, ends_at, conversions_limit, images_limit)
     SELECT $1, id, now(), now(), now() + interval '1 month', 10, 10 FROM payment_plans WHERE name = 'basic'`,
    [userId],
  );

async function photosOf(actor: UserActor, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const source = await quarters(60 + at, 40)
      .jpeg()
      .toBuffer();
    ids.push(must(await addPhoto({ userId: actor.userId, fileName: `${at}.jpg`, source })).id);
  }
  return ids;
}

async function newPhotos(count: number, granted = 0): Promise<{ actor: UserActor; imageIds: string[] }> {
  const actor = await newActor();
  if (granted > 0) await grant(actor.userId, granted);
  return { actor, imageIds: await photosOf(actor, count) };
}

type Job = { conversion: string; priority: number; lane: string };
const jobsOf = (userId: string) =>
  database().query<Job>(
    `SELECT data->>'conversionId' AS conversion, priority, singleton_key AS lane
     FROM pgboss.job WHERE name = 'conversion.run' AND singleton_key LIKE $1 || '/%' ORDER BY created_on, singleton_key`,
    [userId],
  );

describe('several photos in one go', () => {
  test('are charged one by one, and queued in both lanes of the account', async () => {
    const { actor, imageIds } = await newPhotos(5, 4);
    const { ids } = must(await requestConversions(actor, { imageIds, style: 'noir' }));
    expect(ids).toHaveLength(5);
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 5, conversions: 5 });
    const jobs = await jobsOf(actor.userId);
    expect(jobs.map(({ conversion }) => conversion).sort()).toEqual([...ids].sort());
    const lanes = jobs.map(({ lane }) => lane.split('/')[1]).sort();
    expect(lanes).toEqual(['0', '0', '0', '1', '1']);
    const kept = await database().query<{ lane: number }>(
      'SELECT lane FROM user_conversions WHERE user_id = $1 ORDER BY lane',
      [actor.userId],
    );
    expect(kept.map(({ lane }) => String(lane))).toEqual(lanes);
  });

  test('come to nothing when one is not their own, when fewer are left, or when a job cannot be queued', async () => {
    const { actor, imageIds } = await newPhotos(3);
    const nothing = { free: 2, charged: 0, conversions: 0 };
    const stranger = await newPhotos(1);
    const foreign = { imageIds: [...imageIds.slice(0, 1), ...stranger.imageIds], style: 'noir' as const };
    expect(await requestConversions(actor, foreign)).toMatchObject({ ok: false, code: 'notFound' });
    expect(await accounts(database(), actor.userId)).toMatchObject(nothing);
    expect(await requestConversions(actor, { imageIds, style: 'noir' })).toMatchObject({
      ok: false,
      code: 'quota.exceeded',
    });
    expect(await accounts(database(), actor.userId)).toMatchObject(nothing);
    expect(await jobsOf(actor.userId)).toEqual([]);
  });

  test('sent 20 times under one key, with room for no more than these, are charged once and answered alike', async () => {
    const { actor, imageIds } = await newPhotos(2);
    const requestKey = 'a'.repeat(32);
    const ask = () => requestConversions(actor, { imageIds, style: 'noir', requestKey });
    const answers = (await Promise.all(Array.from({ length: 20 }, ask))).map(must);
    expect(new Set(answers.map(({ ids }) => ids.join())).size).toBe(1);
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 0, charged: 2, conversions: 2 });
    const stranger = await newPhotos(1);
    must(
      await requestConversions(stranger.actor, { imageIds: stranger.imageIds, style: 'noir', requestKey }),
    );
  });

  test('and several looks make every pair, known again by the key, and never more than go in one request', async () => {
    const { actor, imageIds } = await newPhotos(2, 4);
    const requestKey = 'b'.repeat(32);
    const looks = [{ style: 'noir' }, { style: 'oil' }] as const;
    const { ids } = must(await requestConversions(actor, { imageIds, looks, requestKey }));
    expect(must(await requestConversions(actor, { imageIds, looks, requestKey })).ids).toEqual(ids);
    const rows = await database().query<{ id: string; style: string; photo: string }>(
      'SELECT id, style_name AS style, source_image_id AS photo FROM user_conversions WHERE user_id = $1',
      [actor.userId],
    );
    const pairs = ids.map((id) => rows.find((row) => row.id === id)).map((row) => [row?.photo, row?.style]);
    expect(pairs).toEqual(imageIds.flatMap((photo) => looks.map(({ style }) => [photo, style])));
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 4, conversions: 4 });

    const six = Array.from({ length: 6 }, () => crypto.randomUUID());
    const wanted = { imageIds: six, looks };
    expect(requestConversionsInput.safeParse(wanted).success).toBe(false);
    expect(requestConversionsInput.safeParse({ ...wanted, imageIds: six.slice(1) }).success).toBe(true);
    const twice = { imageIds: six.slice(5), looks: [looks[0], looks[0]] };
    expect(requestConversionsInput.safeParse(twice).success).toBe(false);
  });

  test('sent 64 times at once with two left are accepted whole, once', async () => {
    const { actor, imageIds } = await newPhotos(2);
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => requestConversions(actor, { imageIds, style: 'noir' })),
    );
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.code])))).toEqual(
      new Set(['quota.exceeded']),
    );
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 0, charged: 2, conversions: 2 });
    expect(await jobsOf(actor.userId)).toHaveLength(2);
  });

  test('of three, sent 64 times at once with two left, are never accepted in part', async () => {
    const { actor, imageIds } = await newPhotos(3);
    const answers = await Promise.all(
      Array.from({ length: 64 }, () => requestConversions(actor, { imageIds, style: 'noir' })),
    );
    expect(answers.filter(({ ok }) => ok)).toEqual([]);
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0, conversions: 0 });
  });
});

describe('what a request writes in its one statement', () => {
  test('is the job that the queue’s own client would write, and the audit row of a use case', async () => {
    const { actor, imageIds } = await newPhotos(1);
    const [id = ''] = must(await requestConversions(actor, { imageIds, style: 'noir' })).ids;
    const [{ turn } = { turn: 0 }] = await database().query<{ turn: number }>(
      'SELECT conversion_turn(created_at, conversion_type) AS turn FROM user_conversions WHERE id = $1',
      [id],
    );
    const other = crypto.randomUUID();
    await transact(async (tx) => {
      const options = { priority: -turn, lane: `${actor.userId}/1` };
      return succeed(await enqueue(tx, 'conversion.run', { conversionId: other }, options));
    });
    const rows = await database().query<Record<string, unknown>>(
      `SELECT to_jsonb(j) - '{id,created_on,start_after,keep_until,singleton_key,data}'::text[] AS job,
              extract(epoch FROM keep_until - start_after) AS kept, start_after = created_on AS now,
              data - 'conversionId' AS more
         FROM pgboss.job j WHERE data ->> 'conversionId' = ANY ($1) ORDER BY created_on`,
      [[id, other]],
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual(rows[1]);
    const events = await database().query(
      'SELECT user_id, vendor_id, actor_type, action, resource, metadata FROM audit_logs WHERE resource_id = $1',
      [id],
    );
    expect(events).toEqual([
      {
        user_id: actor.userId,
        vendor_id: null,
        actor_type: 'user',
        action: 'conversion.request',
        resource: 'conversion',
        metadata: { style: 'noir' },
      },
    ]);
  });

  test('is charged to the plan as far as it goes, and free for the rest', async () => {
    const actor = await newActor();
    await pay(actor.userId);
    const imageIds = await photosOf(actor, 4);
    await database().query('UPDATE subscription_periods SET conversions_used = 8 WHERE user_id = $1', [
      actor.userId,
    ]);
    const { ids } = must(await requestConversions(actor, { imageIds, style: 'noir' }));
    const rows = await database().query<{ id: string; type: string }>(
      'SELECT id, conversion_type AS type FROM user_conversions WHERE user_id = $1',
      [actor.userId],
    );
    const types = ids.map((id) => rows.find((row) => row.id === id)?.type);
    expect(types).toEqual(['paid', 'paid', 'free', 'free']);
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 0 });
  });

  test('comes to nothing in its last moment too: the queue is not there', async () => {
    const { actor, imageIds } = await newPhotos(2);
    await database().query('ALTER TABLE pgboss.queue RENAME TO elsewhere');
    await expect(requestConversions(actor, { imageIds, style: 'noir' })).rejects.toThrow();
    await database().query('ALTER TABLE pgboss.elsewhere RENAME TO queue');
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 2, charged: 0, conversions: 0 });
    must(await requestConversions(actor, { imageIds, style: 'noir' }));
  });
});

describe('the line of one account', () => {
  test('holds ten and not one more, however many ask at once', async () => {
    const { actor, imageIds } = await newPhotos(2, 60);
    const [one = '', other = ''] = imageIds;
    const requests = Array.from({ length: 40 }, (_, at) =>
      requestConversions(actor, { imageIds: at % 2 ? [one] : [one, other], style: 'noir' }),
    );
    const answers = await Promise.all(requests);
    const accepted = answers.flatMap((answer) => (answer.ok ? answer.value.ids : []));
    expect(accepted.length).toBe(10);
    expect(new Set(answers.flatMap((answer) => (answer.ok ? [] : [answer.code])))).toEqual(
      new Set(['conversion.tooManyWaiting']),
    );
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 52, charged: 10 });

    // A user who takes one back may send another.
    must(await cancelConversion(actor, accepted[0] ?? ''));
    must(await requestConversions(actor, { imageIds: [one], style: 'noir' }));
    expect((await requestConversions(actor, { imageIds: [one], style: 'noir' })).ok).toBe(false);
  });

  test('is joined where fewer of its conversions stand', async () => {
    const { actor, imageIds } = await newPhotos(3, 10);
    const [one = '', two = '', three = ''] = imageIds;
    const first = must(await requestConversions(actor, { imageIds: [one, two, three], style: 'noir' }));
    const laneOf = async (id = '') =>
      (await database().query<{ lane: number }>('SELECT lane FROM user_conversions WHERE id = $1', [id]))[0]
        ?.lane;
    // Two in the first lane, one in the second; the one in the second goes.
    const inSecond = [];
    for (const id of first.ids) if ((await laneOf(id)) === 1) inSecond.push(id);
    expect(inSecond).toHaveLength(1);
    must(await cancelConversion(actor, inSecond[0] ?? ''));
    const next = must(await requestConversions(actor, { imageIds: [one, two], style: 'noir' }));
    expect(await Promise.all(next.ids.map(laneOf))).toEqual([1, 1]);
  });
});

describe('a place in line', () => {
  /** Moves a conversion's request into the past. */
  const askedBefore = (id: string, seconds: number) =>
    database().query(
      'UPDATE user_conversions SET created_at = clock_timestamp() - make_interval(secs => $2) WHERE id = $1',
      [id, seconds],
    );
  const places = async (people: { actor: UserActor; id: string }[]) => {
    const found = await Promise.all(people.map(({ actor, id }) => findConversion(actor, id)));
    return found.map((one) => must(one).queuePosition);
  };

  test('of an account that paid is before free ones, but behind those who have waited for two minutes', async () => {
    await database().query(
      "UPDATE user_conversions SET status = 'failed', error_message = 'x' WHERE status = 'pending'",
    );
    const make = async (paid: boolean) => {
      const actor = await newActor();
      if (paid) await pay(actor.userId);
      const imageIds = await photosOf(actor, 1);
      const { ids } = must(await requestConversions(actor, { imageIds, style: 'noir' }));
      return { actor, id: ids[0] ?? '' };
    };
    const [early, late, paid] = [await make(false), await make(false), await make(true)];
    await askedBefore(early.id, 200);
    await askedBefore(late.id, 60);
    await askedBefore(paid.id, 1);
    expect(await places([early, paid, late])).toEqual([1, 2, 3]);

    // What the queue itself sorts by says the same as the place: a turn is the job's priority.
    const [paidJob] = await jobsOf(paid.actor.userId);
    const [lateJob] = await jobsOf(late.actor.userId);
    expect((paidJob?.priority ?? 0) - (lateJob?.priority ?? 0)).toBeGreaterThanOrEqual(119);
  });

  test('is counted to a thousand and no further', async () => {
    const { actor, imageIds } = await newPhotos(1);
    const [id = ''] = must(await requestConversions(actor, { imageIds, style: 'noir' })).ids;
    const crowd = await newActor();
    await database().query(
      `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, created_at)
       SELECT $1, 'free', '/a', 'noir', now() - interval '1 hour' FROM generate_series(1, 1100)`,
      [crowd.userId],
    );
    expect(await places([{ actor, id }])).toEqual([1000]);
    await database().query(
      `UPDATE user_conversions SET status = 'failed', error_message = 'x', charge_returned_at = now() WHERE user_id = $1`,
      [crowd.userId],
    );
  });

  test('moves up when somebody before takes theirs back', async () => {
    const first = await newPhotos(1);
    const second = await newPhotos(1);
    const [a = ''] = must(
      await requestConversions(first.actor, { imageIds: first.imageIds, style: 'noir' }),
    ).ids;
    const [b = ''] = must(
      await requestConversions(second.actor, { imageIds: second.imageIds, style: 'noir' }),
    ).ids;
    await askedBefore(a, 5);
    const person = { actor: second.actor, id: b };
    const [before] = await places([person]);
    must(await cancelConversion(first.actor, a));
    expect(await places([person])).toEqual([(before ?? 0) - 1]);
  });
});
