import { expect, test } from 'vitest';
import { migrate } from '#lib/db/migrate.ts';
import { readMigrations } from '#lib/db/migration-files.ts';
import { describeStructure } from '#lib/db/structure.ts';
import { withEmptyDatabase } from '#tests/support/database/empty-database.ts';

test('four nodes that migrate one empty database at once: one applies, the others find it done', async () => {
  const names = (await readMigrations()).migrationDirectories.map(({ path }) => path);
  await withEmptyDatabase(async (_client, databaseUrl) => {
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate({ databaseUrl })));
    expect(applied.toSorted((a, b) => b.length - a.length)).toEqual([names, [], [], []]);
    const structure = await describeStructure(databaseUrl);
    expect(await migrate({ databaseUrl })).toEqual([]);
    expect(await describeStructure(databaseUrl)).toBe(structure);
  });
});

test('migrating tells people what it does', async () => {
  await withEmptyDatabase(async (_client, databaseUrl) => {
    const lines: string[] = [];
    await migrate({ databaseUrl, onProgress: (line) => lines.push(line) });
    await migrate({ databaseUrl, onProgress: (line) => lines.push(line) });
    expect(lines.join('\n')).toMatch(/_tables.*\n.*known\.\nThe database is up to date\.$/s);
  });
});

test('a database in SQL_ASCII is refused with what to do about it, before anything is made', async () => {
  await withEmptyDatabase(
    async (client, databaseUrl) => {
      await expect(migrate({ databaseUrl })).rejects.toThrow(
        /encoding SQL_ASCII; UTF8 is needed.*CREATE DATABASE/s,
      );
      const { rows } = await client.query(
        `SELECT 1 FROM pg_class WHERE relname IN ('users', '_prisma_migrations')`,
      );
      expect(rows).toEqual([]);
    },
    { encoding: 'SQL_ASCII' },
  );
});

test('a migration that fails says what the server said, and leaves none of its tables behind', async () => {
  await withEmptyDatabase(async (client, databaseUrl) => {
    // In the way of the first migration: it would make a table of this name.
    await client.query('CREATE TABLE audit_logs (id int)');
    await expect(migrate({ databaseUrl })).rejects.toThrow(/not empty|already exists/);
    const { rows } = await client.query(`SELECT 1 FROM pg_class WHERE relname = 'users'`);
    expect(rows).toEqual([]);
  });
});
