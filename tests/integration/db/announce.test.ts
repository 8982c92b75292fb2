import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fail, succeed } from '#lib/core/result.ts';
import { announce } from '#lib/db/changes/announce.ts';
import { db, disconnectDb } from '#lib/db/client.ts';
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
  await listener.query('LISTEN gallery_changed');
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

async function makeVendor(): Promise<string> {
  const [made] = await database().query<{ id: string }>(
    `INSERT INTO vendors (phone, password_hash, business_name) VALUES ('+98' || floor(random() * 1e10), 'none', 'shop')
     RETURNING id`,
  );
  if (!made) throw new Error('no vendor was made');
  return made.id;
}

test('what a trigger tells of is told after the commit of a transaction and of a lone statement', async () => {
  const [one, other] = [await makeVendor(), await makeVendor()];
  await transact(async (tx) => {
    await tx.vendor.update({ where: { id: one }, data: { bio: 'new' } });
    await sleep(60);
    expect(heard).toEqual([]);
    return succeed(null);
  });
  await expect.poll(() => heard).toEqual([`gallery_changed ${one}`]);
  heard = [];
  await db().$executeRaw`UPDATE vendors SET bio = 'newer' WHERE id IN (${one}::uuid, ${other}::uuid)`;
  await expect
    .poll(() => heard.sort())
    .toEqual([`gallery_changed ${one}`, `gallery_changed ${other}`].sort());
});

test('a command that ends at once has told what it changed', async () => {
  const vendor = await makeVendor();
  await db().vendor.update({ where: { id: vendor }, data: { bio: 'at the end' } });
  await disconnectDb();
  await expect.poll(() => heard).toEqual([`gallery_changed ${vendor}`]);
});

test('the program has no NOTIFY in its commits; whoever else writes has, since nobody would tell for them', async () => {
  const tell = (by: string) => `SELECT tell_change('conversion_changed', '${by}')`;
  const program = await database().connect();
  const notices: (string | undefined)[] = [];
  program.on('notice', ({ message, detail }) => notices.push(`${message} ${detail}`));
  try {
    await program.query("SET application_name = 'ai-stayler'");
    await program.query(tell('program'));
    await program.query("SET application_name = 'psql'");
    await program.query(tell('psql'));
    await expect.poll(() => heard).toEqual(['conversion_changed psql']);
    expect(notices).toEqual(['conversion_changed program']);
  } finally {
    await program.end();
  }
});
