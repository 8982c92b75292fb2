import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeStructure } from '#lib/db/structure.ts';
import { readSchema, withSchemaEngine } from '#tests/support/database/schema-engine.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';

const database = useTestDatabase();

/** The migration that Prisma would write to make the database equal to schema.prisma. */
async function drift(): Promise<string | null> {
  const schema = await readSchema();
  const { stdout } = await withSchemaEngine(database().ownerUrl, (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files: [schema], configDir: '.' },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  return stdout;
}

test('schema.prisma and the migrated database agree; a column or an index too many is noticed', async () => {
  expect(await drift()).toContain('This is an empty migration');
  await database().query('ALTER TABLE users ADD COLUMN stray text');
  await database().query('CREATE INDEX stray_index ON users (name)');
  const noticed = await drift();
  await database().query('ALTER TABLE users DROP COLUMN stray');
  await database().query('DROP INDEX stray_index');
  expect(noticed).toContain('DROP COLUMN "stray"');
  expect(noticed).toContain('DROP INDEX "stray_index"');
});

test('prisma/structure.sql describes the migrated database', async () => {
  const file = await readFile(new URL('../../../prisma/structure.sql', import.meta.url), 'utf8');
  // When this fails: `npm run db:structure`, read the difference, commit it.
  expect(await describeStructure(database().ownerUrl)).toBe(file);
});
