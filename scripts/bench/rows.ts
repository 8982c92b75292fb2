import type pg from 'pg';
import { perProcess } from '#lib/core/per-process.ts';
import type { TestDatabase } from '#scripts/rig/database.ts';
import { fillGalleries, findPlace } from '#scripts/rig/rows/many-galleries.ts';
import { fillWithRows } from '#scripts/rig/rows/many-rows.ts';
import { plainQuestions, quotaQuestions } from '#scripts/rig/rows/plain-queries.ts';
import { openOwnDatabase } from './support/own-database.ts';
import { report } from './support/report.ts';

/**
 * A million conversions, images, payments and events of ten thousand vendors: how long the server takes for every list
 * and quota function, and whether it goes by an index. (`tests/sql` asks the same questions of fewer rows for the
 * index alone.) `BENCH_ROWS` makes it smaller.
 */
const rows = Number(process.env.BENCH_ROWS ?? 1_000_000);
/** The best of so many: others on the machine only ever add. */
const runs = 7;
const limitMs = 5;

const own = await openOwnDatabase('rows');
const database: TestDatabase = {
  url: own.url,
  query: async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
    (await own.client.query<Row>(text, values)).rows,
  connect: async () => own.client,
  drop: async () => undefined,
};
const { db } = await import('#lib/db/client.ts');
const { vendorQuestions, visitorQuestions, workerQuestions } = await import(
  '#scripts/rig/rows/gallery-queries.ts'
);

type Plan = { 'Node Type': string; 'Relation Name'?: string; Plans?: Plan[] };
type Statement = { readonly text: string; readonly values: readonly unknown[] };
type Timed = { readonly what: string; readonly ms: number; readonly isByIndex: boolean };

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

async function once({ text, values }: Statement): Promise<{ ms: number; isByIndex: boolean }> {
  const [answer] = await database.query<{ 'QUERY PLAN': [{ Plan: Plan; 'Execution Time': number }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
    [...values],
  );
  const [plan] = answer?.['QUERY PLAN'] ?? [];
  if (!plan) throw new Error('no plan');
  // Ten thousand vendors beside a hundred images are read through sooner than looked up one by one.
  const throughAll = nodesOf(plan.Plan).filter(
    (node) => node['Node Type'].includes('Seq Scan') && node['Relation Name'] !== 'vendors',
  );
  return { ms: plan['Execution Time'], isByIndex: throughAll.length === 0 };
}

async function timed(what: string, statements: readonly Statement[]): Promise<Timed> {
  const seen: { ms: number; isByIndex: boolean }[] = [];
  for (let run = 0; run <= runs; run += 1) {
    let [ms, isByIndex] = [0, true];
    for (const statement of statements) {
      const one = await once(statement);
      ms += one.ms;
      isByIndex &&= one.isByIndex;
    }
    // The first one finds the pages on the disk.
    if (run > 0) seen.push({ ms, isByIndex });
  }
  return { what, ms: Math.min(...seen.map(({ ms }) => ms)), isByIndex: seen.every((one) => one.isByIndex) };
}

function tell(group: string, all: readonly Timed[]): boolean {
  const slowest = all.toSorted((a, b) => b.ms - a.ms);
  const [most] = slowest;
  const byIndex = all.filter(({ isByIndex }) => isByIndex).length;
  const met = slowest.every(({ ms, isByIndex }) => ms <= limitMs && isByIndex);
  for (const { what, ms, isByIndex } of slowest.slice(0, 5)) {
    process.stdout.write(`    ${ms.toFixed(2)} ms  ${what}${isByIndex ? '' : '  (reads a table through)'}\n`);
  }
  const over = slowest.filter(({ ms }) => ms > limitMs).map(({ what, ms }) => `${what} ${ms.toFixed(1)} ms`);
  report({
    what: `${all.length} ${group} among ${rows.toLocaleString('en')} rows`,
    measured: `slowest ${most?.ms.toFixed(1)} ms (${most?.what}), ${byIndex} of ${all.length} by index${over.length > 1 ? `; over ${limitMs} ms: ${over.join(', ')}` : ''}`,
    wanted: `each at most ${limitMs} ms, by index`,
    met,
  });
  return met;
}

let isSlow = false;
try {
  await fillWithRows(database, rows);
  await fillGalleries(database);
  const place = await findPlace(database);
  const asked: Statement[] = [];
  const shared = perProcess<{ client?: unknown }>('db.clients');
  shared.client = db().$extends({
    query: {
      $queryRaw: ({ args, query }) => {
        asked.push(args);
        return query(args);
      },
    },
  });
  const galleries = async (questions: typeof visitorQuestions) => {
    const all: Timed[] = [];
    for (const [what, call] of questions) {
      asked.length = 0;
      await call(place);
      all.push(await timed(what, [...asked]));
    }
    return all;
  };
  const plain = async (questions: readonly (readonly string[])[]) => {
    const all: Timed[] = [];
    for (const [what = '', text = ''] of questions) all.push(await timed(what, [{ text, values: [] }]));
    return all;
  };
  for (const [group, all] of [
    ['lists of people, payments, administration and the queue', await plain(plainQuestions)],
    ['lists and searches of visitors', await galleries(visitorQuestions)],
    ['lists of a vendor', await galleries([...vendorQuestions, ...workerQuestions])],
    ['quota functions', await plain(quotaQuestions)],
  ] as const) {
    isSlow = !tell(group, all) || isSlow;
  }
  const [size] = await database.query<{ bytes: number }>(
    `SELECT (pg_total_relation_size('user_conversions') / count(*))::float8 AS bytes FROM user_conversions`,
  );
  report({
    what: 'a row of conversions with its indexes',
    measured: `${Math.round(size?.bytes ?? 0)} bytes`,
    wanted: 'no promise',
    met: null,
  });
} finally {
  await own.close();
}
process.exit(isSlow ? 1 : 0);
