import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { newRandomId } from '#lib/core/random-id.ts';
import { disconnectDb } from '#lib/db/client.ts';
import { invariants } from '#lib/db/invariants.ts';
import { begun } from '#lib/db/transact.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import { sourceFiles } from '#tests/architecture/imports.ts';
import { type Fault, type FaultProxy, startFaultProxy } from '#tests/support/fault-proxy.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { madeAnew, madeReady, refusedHere } from './made-ready.ts';
import { act, outcomeOf, type Place, placeOf, type UseCase, useCases } from './use-cases.ts';

/**
 * Every transaction of every use case with its commit's answer lost, and with the commit cut off. Which there are is
 * counted at run time. All of them run in the full tests, a few always.
 */
const tried = [...useCases].filter(([, { isSample }]) => isSample || process.env.TEST_FULL);

const database = useIdentity(1000);
let proxy: FaultProxy;
let server: pg.Client;
let place: Place;
let name: string;
const kept = () => `${process.env.DATA_DIR}-kept`;
const transactions = new Set<string>();

/** The file that began a transaction, by the stack of the subscriber's call. */
function noteCaller(): void {
  const frames = (new Error().stack ?? '').split('\n').map((line) => /\/(lib\/[^:)]+\.ts)/.exec(line)?.[1]);
  const caller = frames.find((path) => path && !/^lib\/(db\/|files\/storage\/commit-files\.ts$)/.test(path));
  if (caller) transactions.add(caller);
}

beforeAll(async () => {
  const url = new URL(database().url);
  name = url.pathname.slice(1);
  proxy = await startFaultProxy(database().url);
  process.env.DATABASE_URL = proxy.url;
  const owner = new URL(process.env.DATABASE_OWNER_URL ?? '');
  owner.host = new URL(proxy.url).host;
  process.env.DATABASE_OWNER_URL = owner.href;
  server = new pg.Client({ connectionString: inject('serverUrl') });
  await server.connect();
  place = await placeOf(database());
  // Those of making the place would be taken for those of a use case.
  await database().query('DELETE FROM transaction_marks');
  await rm(join(process.env.DATA_DIR ?? '', 'uploads'), { recursive: true, force: true });
  await cp(process.env.DATA_DIR ?? '', kept(), { recursive: true });
  await replace(`${name}_kept`, name);
  subscribe(begun.name, noteCaller);
}, 120_000);

afterAll(async () => {
  unsubscribe(begun.name, noteCaller);
  await closeSender();
  await disconnectDb();
  await proxy.close();
  await server.query(`DROP DATABASE IF EXISTS ${name}_kept WITH (FORCE)`);
  await server.end();
  await rm(kept(), { recursive: true, force: true });
});

/** Makes one database anew as another is; connections to either are ended. */
async function replace(to: string, from: string): Promise<void> {
  await closeSender();
  await disconnectDb();
  await server.query(`DROP DATABASE IF EXISTS ${to} WITH (FORCE)`);
  await server.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [from]);
  await server.query(`CREATE DATABASE ${to} TEMPLATE ${from}`);
}

async function restore(): Promise<void> {
  await replace(name, `${name}_kept`);
  const files = join(process.env.DATA_DIR ?? '', 'files');
  await rm(files, { recursive: true, force: true });
  await cp(join(kept(), 'files'), files, { recursive: true });
}

/** What is written down about trying is no effect, nor is a code: of two that were sent, the newest alone holds. */
const notCounted = { audit_logs: 0, audit_origins: 0, otps: 0 };

type State = {
  /** Rows of every table but those that count tries, marks and wishes. */
  readonly rows: Readonly<Record<string, number>>;
  readonly broken: Readonly<Record<string, number>>;
  readonly filesWithoutRow: number;
  readonly rowsWithoutFile: number;
};

async function stateNow(): Promise<State> {
  const tables = await database().query<{ name: string }>(
    `SELECT relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
     WHERE relkind = 'r' AND nspname = 'public' AND relname NOT IN ('transaction_marks', 'wishes', 'rate_limits')`,
  );
  const counts = tables.map(
    (table) => `SELECT '${table.name}' AS name, count(*)::int AS count FROM ${table.name}`,
  );
  const rows = await database().query<{ name: string; count: number }>(counts.join(' UNION ALL '));
  const broken: Record<string, number> = {};
  for (const { key, violations } of invariants) broken[key] = (await database().query(violations)).length;
  const named = await database().query<{ id: string }>('SELECT id FROM stored_files');
  const ids = new Set(named.map(({ id }) => id));
  const entries = await readdir(join(process.env.DATA_DIR ?? '', 'files'), { recursive: true });
  const stored = new Set(entries.map((path) => path.split('/')[2]).filter((id) => id?.length === 32));
  return {
    rows: Object.fromEntries(rows.map((row) => [row.name, row.count])),
    broken,
    filesWithoutRow: [...stored].filter((id) => id && !ids.has(id)).length,
    rowsWithoutFile: [...ids].filter((id) => !stored.has(id)).length,
  };
}

/** Runs a use case on a fresh copy of the place, with what befalls one of its commits. */
async function runWith(useCase: UseCase, fault?: Fault, after = 0) {
  await restore();
  proxy.reset();
  if (fault) proxy.arm(fault, after);
  const answer = await useCase.run(place).then(outcomeOf, () => 'thrown');
  const commits = proxy.commits();
  proxy.reset();
  const [marks] = await database().query<{ left: number }>(
    'SELECT count(*)::int AS left FROM transaction_marks WHERE is_done',
  );
  return { answer, commits, marks: marks?.left ?? 0, state: await stateNow() };
}

describe.each(tried)('%s', (key, useCase) => {
  test('is whole or absent, whichever of its commits has no answer', async () => {
    await restore();
    const before = await stateNow();
    const plain = await runWith(useCase);
    expect([plain.state.filesWithoutRow, plain.state.rowsWithoutFile]).toEqual([0, 0]);
    // A commit that nobody meets would be lost by nobody.
    expect(plain.commits).toBeGreaterThanOrEqual(plain.marks);
    if (plain.answer === 'ok') expect(plain.commits).toBeGreaterThan(0);
    for (let commit = 0; commit < plain.commits; commit += 1) {
      // It happened: the caller is told so, and everything is as if nothing had been lost.
      const lost = await runWith(useCase, 'answer lost', commit);
      expect(lost, `answer of commit ${commit} lost`).toEqual({
        ...plain,
        commits: lost.commits,
        marks: lost.marks,
      });
      // It did not happen: nobody is told that it had, and nothing is left of it.
      const cut = await runWith(useCase, 'cut before', commit);
      expect([cut.state.filesWithoutRow, cut.state.rowsWithoutFile], `commit ${commit} cut`).toEqual([0, 0]);
      expect(cut.state.broken, `commit ${commit} cut`).toEqual(before.broken);
      if (plain.commits === 1) {
        expect(cut.state.rows).toEqual(before.rows);
        // What has only read has read, whatever became of its commit.
        if (plain.answer === 'ok' && plain.marks > 0) expect(cut.answer).not.toBe('ok');
      }
    }
  }, 180_000);

  const { ask } = useCase;
  test.runIf(ask)(
    'asked again when no answer came, has one effect and the same answer',
    async () => {
      if (!ask) return;
      await restore();
      proxy.reset();
      const way = { place, database: database(), act: act.bind(null, place) };
      const send = ask(place, await madeReady[key]?.(way));
      const first = await send();
      expect(outcomeOf(first)).toBe(refusedHere[key] ?? 'ok');
      const once = await stateNow();
      // Although what it made would have it refused now.
      expect(await send()).toEqual(first);
      const twice = await stateNow();
      // Something else was asked for in between: it is looked at anew, and is not made twice.
      await send(newRandomId());
      const thrice = await stateNow();
      for (const later of madeAnew.includes(key) ? [twice] : [twice, thrice]) {
        expect({ ...later.rows, ...notCounted }).toEqual({ ...once.rows, ...notCounted });
      }
    },
    60_000,
  );
});

test.runIf(process.env.TEST_FULL)('every file that begins a transaction was tried', () => {
  const begin = sourceFiles('lib')
    .filter(
      ({ path, text }) =>
        !path.startsWith('lib/db/') && /\b(transact|transactAtOnce|commitFiles)[(<]/.test(text),
    )
    .map(({ path }) => path)
    .filter((path) => path !== 'lib/files/storage/commit-files.ts');
  expect(begin.filter((path) => !transactions.has(path))).toEqual(notReached);
});

/** Begun by what these tests have no gateway, clock or engine for; each has a test of its own in tests/integration. */
const notReached: readonly string[] = [
  'lib/admin/export/export-list.ts',
  'lib/auth/factor/enrol-factor.ts',
  'lib/auth/factor/prove-factor.ts',
  'lib/auth/session/end-copied-sessions.ts',
  'lib/conversions/queue/requeue-conversions.ts',
  'lib/files/moderation/ask-before-public.ts',
  'lib/files/sweep/settle-lost-files.ts',
  'lib/operations/invariant/check-invariants.ts',
  'lib/payments/check/apply-finding.ts',
  'lib/payments/emulator/schema-store.ts',
  'lib/payments/reminder/remind-of-ends.ts',
];
