import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fail, succeed } from '#lib/core/result.ts';
import { announce } from '#lib/db/announce.ts';
import { transact } from '#lib/db/transact.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';

const database = useTestDatabase();
let heard: string[] = [];
let listener: Awaited<ReturnType<ReturnType<typeof database>['connect']>>;

beforeAll(async () => {
  listener = await database().connect();
  listener.on('notification', ({ channel, payload }) => heard.push(`${channel} ${payload}`));
  await listener.query('LISTEN conversion_changed');
  await listener.query('LISTEN job_queued');
});
afterAll(() => listener.end());
beforeEach(() => {
  heard = [];
});

test('what a transaction announces is told once it has happened, together, each once', async () => {
  await transact(async () => {
    for (const id of ['a', 'b', 'a']) announce('conversion_changed', id);
    announce('job_queued', 'conversion.run');
    await sleep(60);
    expect(heard).toEqual([]);
    return succeed(null);
  });
  await expect
    .poll(() => heard.sort())
    .toEqual(['conversion_changed a', 'conversion_changed b', 'job_queued conversion.run']);
});

test('what did not happen is not told', async () => {
  await transact(async () => {
    announce('conversion_changed', 'refused');
    return fail('notFound', 'a refusal');
  });
  await transact(async () => {
    announce('conversion_changed', 'thrown');
    throw new Error('a bug');
  }).catch(() => undefined);
  announce('conversion_changed', 'outside');
  await expect.poll(() => heard).toEqual(['conversion_changed outside']);
});

test('a transaction that is tried again tells of its last try alone', async () => {
  let tries = 0;
  await transact(async () => {
    tries += 1;
    announce('conversion_changed', `try ${tries}`);
    if (tries === 1) throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
    return succeed(null);
  });
  await expect.poll(() => heard).toEqual(['conversion_changed try 2']);
});
