import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callable, guarded, open, plain, readable } from '#lib/db/walls/rights.ts';
import { root } from '#scripts/steps/root.ts';
import { sourceFiles } from './imports.ts';

/** Who asks for everybody's rows where somebody's request is answered, and why. Anywhere else it is a hole in the wall. */
const everybodys: Readonly<Record<string, string>> = {
  'lib/audit/record-refusal.ts': 'whose it is that somebody reached for',
  'lib/auth/door/current.ts': 'an administrator was let in',
  'lib/conversions/queue/store.ts': 'how long the line is: figures alone',
  'lib/db/connection-turns.ts': 'what an administrator does',
  'lib/files/image/store.ts':
    'locks on what was made with a picture that is deleted, in the order of the house',
  'lib/operations/metrics/collect-metrics.ts': 'figures alone',
  'lib/payments/check/check-payment.ts': 'what the gateway says is booked whoever asks',
  'lib/payments/check/settle-return.ts': 'who comes back from the gateway need not be signed in',
  'lib/payments/read-store.ts': 'one word about a payment whose random id is known',
};

const structure = readFileSync(join(root, 'prisma/structure.sql'), 'utf8');
const columnsOf = new Map(
  [...structure.matchAll(/^CREATE TABLE (\w+) \(\n([\s\S]*?)\n\)/gm)].map(([, table = '', body = '']) => [
    table,
    [...body.matchAll(/^ {4}"?([a-z_0-9]+)"? /gm)]
      .map(([, name = '']) => name)
      .filter((name) => name !== 'CONSTRAINT'),
  ]),
);
const functions = new Map(
  [
    ...structure.matchAll(
      /^CREATE OR REPLACE FUNCTION public\.(\w+)\([\s\S]*?\n RETURNS ([\s\S]*?)\n LANGUAGE ([\s\S]*?)\nAS /gm,
    ),
  ].map(([, name = '', returns = '', attributes = '']) => [name, { returns, attributes }]),
);
const sources = sourceFiles('lib').concat(sourceFiles('scripts'));

describe('what the program may do in the database', () => {
  it('is said for every table', () => {
    const said = new Set([...Object.keys(guarded), ...Object.keys(open)]);
    expect(columnsOf.size).toBeGreaterThan(50);
    expect([...columnsOf.keys()].filter((table) => !said.has(table))).toEqual([]);
    expect([...said].filter((table) => !columnsOf.has(table) && table !== '_prisma_migrations')).toEqual([]);
    expect(Object.keys(open).filter((table) => table in guarded)).toEqual([]);
  });

  it('is said for every column of a guarded table, and a kept one is written by nobody', () => {
    for (const [table, { insert = [], update = [], kept }] of Object.entries(guarded)) {
      const columns = columnsOf.get(table) ?? [];
      const written = new Set([...insert, ...update]);
      expect([table, columns.filter((name) => !written.has(name) && !kept.includes(name))]).toEqual([
        table,
        [],
      ]);
      expect([table, [...written, ...kept].filter((name) => !columns.includes(name))]).toEqual([table, []]);
      expect([table, kept.filter((name) => written.has(name))]).toEqual([table, []]);
    }
  });

  it('is no more than its statements need', () => {
    const text = sourceFiles('lib')
      .filter(({ path }) => !path.startsWith('lib/db/walls/'))
      .map((file) => file.text.replace(/\s+/g, ' '))
      .join('\n');
    const schema = readFileSync(join(root, 'prisma/schema.prisma'), 'utf8');
    const models = new Map(
      [...schema.matchAll(/^model (\w)(\w*) \{[\s\S]*?@@map\("(\w+)"\)\n\}/gm)].map(
        ([, first = '', rest = '', table]) => [table, first.toLowerCase() + rest],
      ),
    );
    const needs = (table: string, verb: 'insert' | 'update' | 'delete') => {
      const model = models.get(table) ?? '-';
      const patterns = {
        insert: [`\\.${model} ?\\.(create|upsert)`, `insert into ${table}\\b`],
        // What is locked is updated, for the server.
        update: [
          `\\.${model} ?\\.(update|upsert)`,
          `update (only )?${table}\\b`,
          `insert into ${table}\\b[^;\`]*on conflict[^\`]*do update`,
          `\\b(from|join) ${table}\\b[^\`]* for (no key )?(update|share|key share)`,
        ],
        delete: [`\\.${model} ?\\.delete`, `delete from (only )?${table}\\b`],
      };
      return patterns[verb].some((pattern) => new RegExp(pattern, 'i').test(text));
    };
    const wide = Object.entries(open)
      .flatMap(([table, verbs]) => verbs.map((verb) => ({ table, verb })))
      .filter(({ table, verb }) => !needs(table, verb));
    expect(wide).toEqual([]);
    const guardedWide = Object.entries(guarded)
      .flatMap(([table, said]) =>
        (['insert', 'update', 'delete'] as const)
          .filter((verb) => verb in said)
          .map((verb) => ({ table, verb })),
      )
      .filter(({ table, verb }) => !needs(table, verb));
    expect(guardedWide).toEqual([]);
  });

  it('is said for every function that the program calls, and those run as the owner with a path of their own', () => {
    const names = [...functions.keys()];
    const called = names.filter((name) => {
      const inText = new RegExp(
        `\\b(?:SELECT|FROM|JOIN|LATERAL|[=>(,]|AND|WHERE|THEN|VALUES)\\s*\\(?\\s*${name}\\(`,
      );
      return sources.some(
        ({ path, text }) =>
          !path.startsWith('lib/db/walls/') && !/scripts\/(rig|bench)\//.test(path) && inText.test(text),
      );
    });
    expect(called.length).toBeGreaterThan(25);
    const isImmutable = (name: string) => /\bIMMUTABLE\b/.test(functions.get(name)?.attributes ?? '');
    expect(called.filter((name) => !callable.includes(name) && !isImmutable(name))).toEqual([]);
    expect(callable.filter((name) => !functions.has(name))).toEqual([]);
    for (const [name, { returns, attributes }] of functions) {
      if (plain.includes(name) || isImmutable(name)) continue;
      if (!callable.includes(name) && returns.trim() !== 'trigger') continue;
      expect([name, attributes]).toEqual([name, expect.stringContaining('SECURITY DEFINER')]);
      expect([name, attributes]).toEqual([
        name,
        expect.stringContaining("search_path TO 'pg_catalog', 'public', 'pg_temp'"),
      ]);
    }
  });

  it('shows whoever only reads nothing secret and nobody’s own rows', () => {
    const secret = /password|hash|salt|secret|token|phone|code|ip$|address/;
    for (const [table, columns] of Object.entries(readable)) {
      const seen = columns === 'all' ? (columnsOf.get(table) ?? []) : columns;
      expect([table, seen.filter((name) => secret.test(name))]).toEqual([table, []]);
    }
    const walled = [...structure.matchAll(/^ALTER TABLE (\w+) ENABLE ROW LEVEL SECURITY/gm)].map(
      ([, table]) => table,
    );
    expect(walled.sort()).toEqual([
      'api_answers',
      'api_tokens',
      'audit_logs',
      'bot_chats',
      'images',
      'leads',
      'payments',
      'sessions',
      'subscription_periods',
      'user_conversions',
      'webhook_endpoints',
    ]);
    expect(walled.filter((table) => table && table in readable)).toEqual([]);
  });

  it('is asked over everybody’s rows only where a reason is given', () => {
    const found = sources
      .filter(({ path, text }) => path !== 'lib/db/walls/acting.ts' && /\bact(?:Also)?AsSystem\b/.test(text))
      .map(({ path }) => path);
    expect(found.sort()).toEqual(Object.keys(everybodys).sort());
  });

  it('is never asked by a read that the client would join with somebody else’s', () => {
    // Prisma makes one statement of several findUnique of a moment, in the name of whoever was first.
    const joined = sources.flatMap(({ path, text }) =>
      [
        ...text.matchAll(
          /db\(\)\s*\.(image|payment|session|userConversion|subscriptionPeriod)\s*\.findUnique/g,
        ),
      ].map(([match]) => `${path}: ${match}`),
    );
    expect(joined).toEqual([]);
  });
});
