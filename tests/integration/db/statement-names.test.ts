import { expect, test } from 'vitest';
import { askOften, createClient, disconnectDb } from '#lib/db/client.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';

const database = useTestDatabase();

async function withClient<T>(
  work: (client: ReturnType<typeof createClient>) => Promise<T>,
  query = '',
): Promise<T> {
  const client = createClient(`${database().ownerUrl}${query}`, 1);
  try {
    return await work(client);
  } finally {
    await client.$disconnect();
  }
}

const countPrepared = async (client: ReturnType<typeof createClient>) => {
  const [row] = await client.$queryRawUnsafe<{ count: number }[]>(
    "SELECT count(*)::int AS count FROM pg_prepared_statements WHERE name <> 'act'",
  );
  return row?.count ?? 0;
};

test('what is asked again and again is prepared once; what changes with every call never is, nor without end', async () => {
  await withClient(async (client) => {
    for (let turn = 0; turn < 6; turn += 1) await client.$queryRawUnsafe('SELECT $1::int + 1', turn);
    expect(await countPrepared(client)).toBe(1);
    for (let turn = 0; turn < 20; turn += 1) await client.$queryRawUnsafe(`SELECT $1::int + ${turn}`, turn);
    // The question itself has been asked often enough by now, and nothing else is new.
    expect(await countPrepared(client)).toBeLessThanOrEqual(2);
    for (let text = 0; text < 320; text += 1)
      for (let turn = 0; turn < 3; turn += 1) await client.$queryRawUnsafe(`SELECT $1::int * ${text}`, turn);
    const most = await countPrepared(client);
    expect(most).toBeGreaterThan(290);
    expect(most).toBeLessThanOrEqual(300);
  });
});

test('behind a pooler that changes connections, nothing has a name', async () => {
  await withClient(async (client) => {
    for (let turn = 0; turn < 6; turn += 1) await client.$queryRawUnsafe('SELECT $1::int + 1', turn);
    expect(await countPrepared(client)).toBe(0);
  }, '?pgbouncer=true');
});

test('a plan from before a migration fails once at most, and the connection is made anew', async () => {
  await database().query('CREATE TABLE migrated (a int)');
  await database().query('INSERT INTO migrated VALUES (1)');
  await withClient(async (client) => {
    const read = () => client.$queryRawUnsafe<object[]>('SELECT * FROM migrated');
    for (let turn = 0; turn < 5; turn += 1) await read();
    await database().query('ALTER TABLE migrated ADD COLUMN b int DEFAULT 2');
    await read().catch((error: Error) => expect(error.message).toContain('cached plan'));
    expect(await read()).toEqual([{ a: 1, b: 2 }]);
  });
});

test('what is read past Prisma survives the loss of its connection, and is closed with the rest', async () => {
  const read = () => askOften<{ sum: number }>('test-sum', 'SELECT $1::int + 1 AS sum', [1]);
  expect(await read()).toEqual([{ sum: 2 }]);
  await database().query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND query LIKE 'SELECT $1::int + 1%'`,
  );
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await read()).toEqual([{ sum: 2 }]);
  await disconnectDb();
  // The server needs a moment to notice that a client has said good-bye.
  const left = () =>
    database().query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT $1::int + 1%'`,
    );
  await expect.poll(left, { timeout: 5_000 }).toEqual([]);
});
