import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { perProcess } from '#lib/core/per-process.ts';
import { db } from '#lib/db/client.ts';
import type { Prisma } from '#prisma/generated/client.ts';
import { one } from '#scripts/rig/database.ts';
import {
  type Place,
  vendorQuestions,
  visitorQuestions,
  workerQuestions,
} from '#scripts/rig/rows/gallery-queries.ts';
import { fillGalleries, findPlace } from '#scripts/rig/rows/many-galleries.ts';
import { fillWithRows } from '#scripts/rig/rows/many-rows.ts';
import { useTestDatabase } from '#tests/support/database/test-database.ts';

/**
 * What visitors and vendors ask of a million images, as the program really asks it: each function is called, its
 * statement is noted on its way to the server, and explained there: in the role that the program works as and behind the wall
 * of who asks, because the owner's plans are others. A policy keeps operators from indexes and the server from guessing.
 */

const rows = process.env.TEST_FULL ? 1_000_000 : 100_000;
const database = useTestDatabase();

type Plan = { 'Node Type': string; 'Index Name'?: string; 'Relation Name'?: string; Plans?: Plan[] } & Record<
  string,
  unknown
>;
type Explained = { plan: Plan; ms: number };

let asked: Prisma.Sql[] = [];
let place: Place;
let app: pg.Client;

beforeAll(async () => {
  await fillWithRows(database(), rows);
  await fillGalleries(database());
  place = await findPlace(database());
  app = new pg.Client({ connectionString: database().url });
  await app.connect();
  const shared = perProcess<{ client?: unknown }>('db.clients');
  shared.client = db().$extends({
    query: {
      $queryRaw: ({ args, query }) => {
        asked.push(args);
        return query(args);
      },
    },
  });
}, 900_000);

afterAll(() => app.end());

type Answer = { 'QUERY PLAN': { Plan: Plan; 'Execution Time': number }[] };

async function explain(account: string, call: () => Promise<unknown>): Promise<Explained[]> {
  asked = [];
  await call();
  await app.query("SELECT set_config('app.account', $1, false)", [account]);
  const explained: Explained[] = [];
  for (const { text, values } of asked) {
    const { rows: answer } = await app.query<Answer>(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, [
      ...values,
    ]);
    const { Plan: plan, 'Execution Time': ms } = one(one(answer)['QUERY PLAN']);
    explained.push({ plan, ms });
  }
  return explained;
}

const nodesOf = (plan: Plan): Plan[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
const pagesOf = (plan: Plan) => Number(plan['Shared Hit Blocks']) + Number(plan['Shared Read Blocks']);
const indexesOf = (plan: Plan) => nodesOf(plan).map((node) => node['Index Name']);

describe(`among ${rows.toLocaleString('en')} rows`, () => {
  const questions = [
    ...visitorQuestions.map((question) => ({ question, asks: () => '' })),
    ...vendorQuestions.map((question) => ({ question, asks: () => `{${place.vendorId}}` })),
    ...workerQuestions.map((question) => ({ question, asks: () => 'system' })),
  ].map(({ question: [what, call, index, most = 7_500], asks }) => ({ what, call, index, most, asks }));
  test.each(questions)(
    '$what: by its index, without reading a table through',
    async ({ what, call, index, most, asks }) => {
      const explained = await explain(asks(), () => call(place));
      expect(explained.length).toBeGreaterThan(0);
      const seen = explained.flatMap(({ plan }) => indexesOf(plan));
      // Ten thousand vendors beside a hundred images are read through sooner than looked up one by one; and where days go
      // that no partition holds there is nothing.
      const tables = explained.flatMap(({ plan }) =>
        nodesOf(plan).filter(
          (node) =>
            node['Node Type'].includes('Seq Scan') &&
            !['vendors', 'gallery_days_rest'].includes(`${node['Relation Name']}`),
        ),
      );
      expect(tables.map((node) => node['Relation Name'])).toEqual([]);
      expect(
        [index].flat().some((name) => seen.includes(name)),
        `${seen}`,
      ).toBe(true);
      const pages = explained.reduce((sum, { plan }) => sum + pagesOf(plan), 0);
      if (process.env.SHOW_PLANS) {
        const ms = explained.reduce((sum, one) => sum + one.ms, 0);
        process.stdout.write(`${ms.toFixed(2).padStart(8)} ms ${String(pages).padStart(6)} pages  ${what}\n`);
      }
      // A page of a list costs some pages of the tables, however many rows there are: of a part of the map, which
      // looks into a hundred albums, some sixty each. Reading an index through costs twice this.
      expect(pages).toBeLessThan(most);
    },
  );
});
