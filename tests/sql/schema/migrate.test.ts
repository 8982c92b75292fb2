import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { migrate } from '#lib/db/migrate.ts';
import { type Migration, readMigrations, toMigration } from '#lib/db/migration-files.ts';
import { takeMigrationLock } from '#lib/db/migration-lock.ts';
import { readMigrationStatus } from '#lib/db/migration-status.ts';
import { describeStructure } from '#lib/db/structure.ts';
import { withEmptyDatabase } from '#tests/support/database/empty-database.ts';
import { engineMigrations, withSchemaEngine } from '#tests/support/database/schema-engine.ts';

test('four nodes that migrate one empty database at once: one applies, the others find it done', async () => {
  const names = (await readMigrations()).map(({ name }) => name);
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

const noFilter = { externalTables: [], externalEnums: [] };
const byPrisma = async (url: string) => {
  const migrationsList = await engineMigrations();
  const apply = await withSchemaEngine(url, (engine) =>
    engine.applyMigrations({ migrationsList, filters: noFilter }),
  );
  return apply.appliedMigrationNames;
};
const ledger = async (client: pg.Client) => {
  const rows = await client.query(
    `SELECT migration_name, checksum, applied_steps_count, finished_at IS NOT NULL AS done, rolled_back_at, logs
       FROM _prisma_migrations ORDER BY 1`,
  );
  const columns = await client.query(
    `SELECT column_name, data_type, character_maximum_length, is_nullable, column_default
       FROM information_schema.columns WHERE table_name = '_prisma_migrations' ORDER BY 1`,
  );
  return { rows: rows.rows, columns: columns.rows };
};

test('what we apply Prisma finds applied, and the other way round, row by row', async () => {
  await withEmptyDatabase(async (ours, oursUrl) => {
    await migrate({ databaseUrl: oursUrl });
    expect(await byPrisma(oursUrl)).toEqual([]);
    await withEmptyDatabase(async (theirs, theirsUrl) => {
      const names = await byPrisma(theirsUrl);
      expect(names.length).toBeGreaterThan(30);
      expect(await migrate({ databaseUrl: theirsUrl })).toEqual([]);
      expect(await ledger(ours)).toEqual(await ledger(theirs));
    });
  });
});

describe('beside a program at work', () => {
  const rows = 'CREATE TABLE things (id int PRIMARY KEY, name text); INSERT INTO things VALUES (1, NULL)';
  const first = toMigration('1_things', rows);

  async function withThings(work: (client: pg.Client, url: string) => Promise<void>): Promise<void> {
    await withEmptyDatabase(async (client, url) => {
      await migrate({ databaseUrl: url, migrations: [first] });
      await work(client, url);
    });
  }
  const states = async (client: pg.Client) =>
    (await readMigrationStatus(client))
      .filter(({ name }) => /^\d_/.test(name))
      .map(({ name, state }) => [name, state]);

  test('a table in use is asked for again and again, and nobody waits long behind the asking', async () => {
    await withThings(async (client, databaseUrl) => {
      const other = new pg.Client({ connectionString: databaseUrl });
      await other.connect();
      await client.query('BEGIN; SELECT * FROM things');
      const migrations = [first, toMigration('2_more', 'ALTER TABLE things ADD COLUMN more int')];
      const lines: string[] = [];
      const migrating = migrate({ databaseUrl, migrations, onProgress: (line) => lines.push(line) });
      let longest = 0;
      for (const until = Date.now() + 2500; Date.now() < until; await sleep(10)) {
        const startedAt = performance.now();
        await other.query('SELECT * FROM things');
        longest = Math.max(longest, performance.now() - startedAt);
      }
      await client.query('COMMIT');
      expect(await migrating).toEqual(['2_more']);
      expect(lines.join()).toContain('2_more waits until its tables are free');
      // The table was asked for at least once in that time, and let go of within half a second.
      expect(longest).toBeGreaterThan(100);
      expect(longest).toBeLessThan(1000);
      await other.end();
    });
  });

  test('an index is built concurrently while others wait to migrate, and made anew when it broke off', async () => {
    await withThings(async (client, databaseUrl) => {
      await client.query('INSERT INTO things VALUES (2, NULL)');
      const sql = `-- One for each name.\nCREATE UNIQUE INDEX CONCURRENTLY things_level ON things ((coalesce(name, '')));\n`;
      const migrations = [first, toMigration('2_index', sql)];
      await expect(migrate({ databaseUrl, migrations })).rejects.toThrow(/could not create unique index/);
      const { rows } = await client.query(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = 'things_level'::regclass",
      );
      expect(rows).toEqual([{ indisvalid: false }]);
      expect(await states(client)).toEqual([
        ['1_things', 'newer'],
        ['2_index', 'failed'],
      ]);
      await client.query("UPDATE things SET name = 'two' WHERE id = 2");
      const nodes = [1, 2, 3].map(() => migrate({ databaseUrl, migrations, retry: true }));
      expect((await Promise.all(nodes)).flat()).toEqual(['2_index']);
      const { rows: made } = await client.query(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = 'things_level'::regclass",
      );
      expect(made).toEqual([{ indisvalid: true }]);
    });
  });

  test('one that fails leaves nothing, stops everything after it, and is repaired by its new text', async () => {
    await withThings(async (client, databaseUrl) => {
      const broken =
        'ALTER TABLE things ADD COLUMN more int; ALTER TABLE things ADD CHECK (name IS NOT NULL)';
      const withText = (sql: string): Migration[] => [
        first,
        toMigration('2_check', sql),
        toMigration('3_after', 'CREATE TABLE after_it ()'),
      ];
      await expect(migrate({ databaseUrl, migrations: withText(broken) })).rejects.toThrow(/2_check failed/);
      await expect(migrate({ databaseUrl, migrations: withText(broken) })).rejects.toThrow(/-- retry/);
      const columns = await client.query(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'things'",
      );
      expect(columns.rows).toHaveLength(2);
      // A release that does not know of it is not held up.
      expect(await migrate({ databaseUrl, migrations: [first] })).toEqual([]);
      const mended = withText(`UPDATE things SET name = '' WHERE name IS NULL; ${broken}`);
      expect(await migrate({ databaseUrl, migrations: mended, retry: true })).toEqual(['2_check', '3_after']);
      expect(await migrate({ databaseUrl, migrations: mended })).toEqual([]);
    });
  });

  test('one that was cut off is taken up again without being asked', async () => {
    await withThings(async (client, databaseUrl) => {
      const migrations = [first, toMigration('2_slow', 'CREATE TABLE slow_one (); SELECT pg_sleep(0.4)')];
      const cut = migrate({ databaseUrl, migrations }).catch((error: Error) => error);
      await sleep(200);
      await client.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      expect(await cut).toBeInstanceOf(Error);
      expect(await states(client)).toContainEqual(['2_slow', 'interrupted']);
      expect(await migrate({ databaseUrl, migrations })).toEqual(['2_slow']);
    });
  });

  test('while a backup holds the lock together with others, nobody migrates', async () => {
    await withThings(async (client, databaseUrl) => {
      await takeMigrationLock(client, 'shared');
      let isOver = false;
      const migrating = migrate({ databaseUrl, migrations: [first] }).finally(() => {
        isOver = true;
      });
      await sleep(400);
      expect(isOver).toBe(false);
      await client.query('SELECT pg_advisory_unlock_all()');
      expect(await migrating).toEqual([]);
    });
  });
});
