import { afterEach, expect, test } from 'vitest';
import { requestConversions } from '#lib/conversions/request-conversions.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { addPhoto } from '#lib/files/upload/add-image.ts';
import type { StyleJob } from '#lib/styles/style-engine.ts';
import { startWorker, type Worker } from '#lib/worker/start-worker.ts';
import { gate, must, newActor, picture, useConversions } from '#tests/support/conversions.ts';
import { quarters } from '#tests/support/pictures.ts';

const { database } = useConversions();
const patiently = { timeout: 60_000, interval: 50 };
const workers: Worker[] = [];

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.stop()));
});

/** Two workers, as on two machines, whose engine paints only while the gate is open. */
async function startTwo(opened: Promise<void>): Promise<void> {
  const stylise = async (_job: StyleJob) => {
    await opened;
    return picture();
  };
  for (let at = 0; at < 2; at += 1) {
    workers.push(await startWorker({ name: 'gated', stylise, close: async () => {} }));
  }
}

async function newAccount(photos: number): Promise<{ actor: UserActor; imageIds: string[] }> {
  const actor = await newActor();
  await database().query(
    "INSERT INTO quota_grants (user_id, resource, amount, reason) VALUES ($1, 'conversions', 20, 'a test')",
    [actor.userId],
  );
  const imageIds: string[] = [];
  for (let at = 0; at < photos; at += 1) {
    const source = await quarters(60 + at, 40)
      .jpeg()
      .toBuffer();
    imageIds.push(must(await addPhoto({ userId: actor.userId, fileName: `${at}.jpg`, source })).id);
  }
  return { actor, imageIds };
}

async function countOf(actor: UserActor, status: string): Promise<number> {
  const rows = await database().query('SELECT 1 FROM user_conversions WHERE user_id = $1 AND status = $2', [
    actor.userId,
    status,
  ]);
  return rows.length;
}

test('two of one account run at most, on however many machines, and an account that came later is not kept waiting', async () => {
  const { opened, open } = gate();
  const many = await newAccount(5);
  const later = await newAccount(1);
  const last = await newAccount(1);
  must(await requestConversions(many.actor, { imageIds: many.imageIds, style: 'noir' }));
  must(await requestConversions(later.actor, { imageIds: later.imageIds, style: 'noir' }));
  await startTwo(opened);

  // Four pictures could be painted at once; the first account has but two of them, and the fourth place goes
  // past its three that wait to somebody who asks after all of them.
  await expect.poll(() => countOf(later.actor, 'processing'), patiently).toBe(1);
  await expect.poll(() => countOf(many.actor, 'processing'), patiently).toBe(2);
  must(await requestConversions(last.actor, { imageIds: last.imageIds, style: 'noir' }));
  await expect.poll(() => countOf(last.actor, 'processing'), patiently).toBe(1);
  expect(await countOf(many.actor, 'processing')).toBe(2);
  expect(await countOf(many.actor, 'pending')).toBe(3);

  open();
  await expect.poll(() => countOf(many.actor, 'completed'), patiently).toBe(5);
  await expect.poll(() => countOf(later.actor, 'completed'), patiently).toBe(1);
}, 180_000);
