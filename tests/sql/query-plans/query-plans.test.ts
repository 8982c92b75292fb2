import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { one } from '#scripts/rig/database.ts';
import { fillWithRows } from '#scripts/rig/rows/many-rows.ts';
import { before, plainQuestions, quotaQuestions } from '#scripts/rig/rows/plain-queries.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';

const rows = process.env.TEST_FULL ? 1_000_000 : 100_000;
const database = useTestDatabase();

type Plan = { 'Node Type': string; 'Index Name'?: string; 'Relation Name'?: string; Plans?: Plan[] } & Record<
  string,
  unknown
>;

async function explain(query: string): Promise<Plan> {
  const answer = one(
    await database().query<{ 'QUERY PLAN': { Plan: Plan }[] }>(
      `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${query}`,
    ),
  );
  return one(answer['QUERY PLAN']).Plan;
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

const pagesOf = (plan: Plan) => Number(plan['Shared Hit Blocks']) + Number(plan['Shared Read Blocks']);

beforeAll(() => fillWithRows(database(), rows), 900_000);

describe(`among ${rows.toLocaleString('en')} rows`, () => {
  test.each(plainQuestions)(
    '%s: by its index, without reading a table through',
    async (_what, query, index) => {
      const plan = await explain(query);
      const nodes = nodesOf(plan);
      expect(nodes.filter((node) => node['Node Type'].includes('Seq Scan'))).toEqual([]);
      expect(nodes.map((node) => node['Index Name']).filter(Boolean)).toContain(index);
      // A page of a list costs a few pages of the table, however many rows there are.
      expect(pagesOf(plan)).toBeLessThan(1_500);
    },
  );

  test('a page that an index has in order is not sorted again', async () => {
    // Of a single owner's few rows the server may rather sort what it found.
    const ordered = plainQuestions.filter(([, query]) => query.includes(before) && !query.includes('md5('));
    expect(ordered.length).toBeGreaterThan(7);
    for (const [what, query] of ordered) {
      const sorts = nodesOf(await explain(query)).filter((node) => node['Node Type'].includes('Sort'));
      expect(sorts, what).toEqual([]);
    }
  });

  test.each(quotaQuestions)('%s reads a handful of pages', async (_name, query) => {
    await database().query(query);
    const warm = await explain(query);
    expect(pagesOf(warm)).toBeLessThan(250);
  });

  test('every index of ours is the answer to a question here, or serves a foreign key', async () => {
    const migration = await readFile(
      new URL('../../../prisma/migrations/20261122000300_indexes/migration.sql', import.meta.url),
      'utf8',
    );
    const indexes = await database().query<{ name: string }>(
      `SELECT indexname AS name FROM pg_indexes WHERE schemaname = 'public'`,
    );
    // Some were dropped since, for better ones.
    const there = new Set(indexes.map(({ name }) => name));
    const made = [...migration.matchAll(/^CREATE INDEX (\w+)/gm)]
      .map(([, name = '']) => name)
      .filter((name) => there.has(name));
    const serving = await database().query<{ name: string }>(
      `SELECT x.indexrelid::regclass::text AS name FROM pg_index x JOIN pg_constraint c ON c.conrelid = x.indrelid
        WHERE c.contype = 'f' AND c.conkey[1] = x.indkey[0]`,
    );
    const useful = new Set([
      ...plainQuestions.map(([, , index]) => index),
      ...serving.map(({ name }) => name),
    ]);
    expect(made.length).toBeGreaterThan(50);
    expect(made.filter((name) => !useful.has(name))).toEqual([]);
  });
});
