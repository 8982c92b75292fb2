import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { requestConversion } from '#lib/conversions/request-conversions.ts';
import { addPhoto } from '#lib/files/upload/add-image.ts';
import { accounts, must, newActor, useConversions } from '#tests/support/conversions.ts';
import { filesUnder } from '#tests/support/files.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';
import { quarters } from '#tests/support/pictures.ts';
import { endProcess, startWorkerProcess } from '#tests/support/processes/worker-process.ts';

const { database, dataDir } = useConversions();
const workers: ChildProcess[] = [];
const start = () => {
  const worker = startWorkerProcess(database().url);
  workers.push(worker);
  return worker;
};

/** Large enough that a kill falls into the middle of it. */
async function requestLarge() {
  const actor = await newActor();
  const source = await quarters(2400, 1800).jpeg().toBuffer();
  const { id: imageId } = must(await addPhoto({ userId: actor.userId, fileName: 'photo.jpg', source }));
  return { actor, ...must(await requestConversion(actor, { imageId, style: 'oil' })) };
}

async function rowOf(id: string) {
  const [row] = await database().query<{ status: string; stage: string | null; attempts: number }>(
    'SELECT status, stage, attempts FROM user_conversions WHERE id = $1',
    [id],
  );
  return row;
}

const patiently = { timeout: 100_000, interval: 50 };

afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => endProcess(worker, 'SIGKILL')));
});

describe('real worker processes', () => {
  test('finish within a minute what a killed one had begun: two attempts, one charge, one result', async ({
    task,
  }) => {
    const { actor, id } = await requestLarge();
    const first = start();
    await expect.poll(async () => (await rowOf(id))?.stage, patiently).toBe('paint');
    await endProcess(first, 'SIGKILL');
    const killedAt = Date.now();
    expect((await rowOf(id))?.status).toBe('processing');
    start();
    await expect.poll(async () => (await rowOf(id))?.status, patiently).toBe('completed');
    expect(noteRecovery(task, killedAt)).toBeLessThan(60);
    expect(await rowOf(id)).toMatchObject({ attempts: 2 });
    expect(await accounts(database(), actor.userId)).toMatchObject({ free: 1, charged: 1, results: 1 });
    // The photo and the result each have a folder of their sizes, and nothing of the killed attempt is left.
    const kept = await database().query<{ id: string }>('SELECT id FROM stored_files WHERE user_id = $1', [
      actor.userId,
    ]);
    const folders = (await filesUnder(join(dataDir, 'files')))
      .filter((path) => path.split('/').length === 4)
      .map((path) => path.split('/')[2]);
    expect(new Set(folders)).toEqual(new Set(kept.map((file) => file.id)));
    expect(kept).toHaveLength(2);
  }, 240_000);

  test('finish what they hold when they are told to stop, and end cleanly', async () => {
    const { actor, id } = await requestLarge();
    const worker = start();
    await expect.poll(async () => (await rowOf(id))?.stage, patiently).toBe('paint');
    expect(await endProcess(worker, 'SIGTERM')).toBe(0);
    expect(await rowOf(id)).toMatchObject({ status: 'completed', attempts: 1 });
    expect(await accounts(database(), actor.userId)).toMatchObject({ charged: 1, results: 1 });
  }, 240_000);
});
