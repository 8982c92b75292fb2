import { describe, expect, it } from 'vitest';
import { sourceFiles } from './imports.ts';

const features = [
  'audit',
  'rate-limit',
  'notifications',
  'auth',
  'quota',
  'files',
  'gallery',
  'styles',
  'conversions',
  'payments',
  'sharing',
  'webhooks',
  'bot',
  'account',
  'operations',
  'admin',
];
const ground = ['core', 'db', 'jobs'];

/**
 * Doors for programs are in lib/api and lib/worker. Others stand in a feature's folder one floor above its use cases; a feature of many has them by noun. (What is
 * called actions in lib/audit is a list of words.)
 */
const doors =
  /^lib\/(?!audit\/)[^/]+\/([a-z-]+\/)?([a-z-]+-)?(actions|queries)\.ts$|^lib\/auth\/door\/(door|route|token-route|current|request-context|form-handlers|next-auth|renew-sessions)\.ts$|^lib\/(worker|api)\//;

function floorOf(path: string): number {
  if (path === 'proxy.ts' || path === 'instrumentation.ts' || path.startsWith('app/')) return 5;
  if (path.startsWith('components/')) return 4;
  if (doors.test(path)) return 3;
  if (/^lib\/(core|db|jobs)\//.test(path)) return 0;
  // A policy is numbers and words that the store writes into its queries too; so are the other lists of words.
  if (/^lib\/[^/]+\/([a-z-]+\/)?(([a-z0-9-]+-)?store|policy|catalogue|kinds|owner)\.ts$/.test(path)) return 1;
  return 2;
}

/** An upload keeps its answer, the view of the image it became, as JSON: told again word for word. */
const keptViews = new Set(['lib/files/upload/store.ts -> lib/files/image/view.ts']);

const files = sourceFiles('app', 'components', 'lib');
const inside = (path: string) => /^(app|components|lib)\//.test(path);

describe('the house', () => {
  it('lets an import point only to the same floor or down', () => {
    const wrong = files.flatMap((file) =>
      file.imports
        .filter(inside)
        .filter(
          (target) =>
            floorOf(target) > floorOf(file.path) && !(floorOf(file.path) === 4 && doors.test(target)),
        )
        .map((target) => `${file.path} -> ${target}`),
    );
    expect(wrong.filter((one) => !keptViews.has(one))).toEqual([]);
  });

  it('knows every feature by name', () => {
    const folders = new Set(files.map(({ path }) => path.match(/^lib\/([^/]+)\//)?.[1]).filter(Boolean));
    expect(
      [...folders].filter((name) => ![...features, ...ground, 'worker', 'api'].includes(name as string)),
    ).toEqual([]);
  });

  it('lets a feature import only from features to its left', () => {
    const featureOf = (path: string) => path.match(/^lib\/([^/]+)\//)?.[1] ?? '';
    const wrong = files.flatMap((file) => {
      const own = features.indexOf(featureOf(file.path));
      if (own < 0 || doors.test(file.path)) return [];
      return file.imports
        .filter((target) => features.indexOf(featureOf(target)) > own)
        .map((target) => `${file.path} -> ${target}`);
    });
    expect(wrong).toEqual([]);
  });

  it('has no cycle of imports', () => {
    const byPath = new Map(files.map((file) => [file.path, file.imports.filter(inside)]));
    const state = new Map<string, 'open' | 'done'>();
    const cycles: string[] = [];
    const visit = (path: string, trail: string[]) => {
      if (state.get(path) === 'done') return;
      if (state.get(path) === 'open') {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
        return;
      }
      state.set(path, 'open');
      for (const target of byPath.get(path) ?? []) visit(target, [...trail, path]);
      state.set(path, 'done');
    };
    for (const { path } of files) visit(path, []);
    expect(cycles).toEqual([]);
  });

  it('speaks SQL and Prisma only in stores and on the ground floor', () => {
    // A use case may hand a connection to its store; it may not ask anything of it.
    const statement =
      /\$(queryRaw|executeRaw)|\b(tx|db\(\))\.\w+\.(find|create|update|delete|upsert|count|aggregate|groupBy)/;
    const wrong = files
      .filter(({ path }) => floorOf(path) > 1)
      .filter(
        ({ imports, text }) =>
          statement.test(text) ||
          imports.some(
            (one) =>
              one.startsWith('package:@prisma/') ||
              one.startsWith('prisma/generated') ||
              one === 'package:pg',
          ),
      )
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });

  it('keeps next and react out of rules and stores', () => {
    const wrong = files
      .filter(
        ({ path }) => path.startsWith('lib/') && floorOf(path) < 3 && !path.startsWith('lib/core/i18n/'),
      )
      .flatMap((file) =>
        file.imports
          .filter((one) => /^package:(next(?!-auth)|react)(\/|$)/.test(one))
          .map((one) => `${file.path} -> ${one}`),
      );
    expect(wrong).toEqual([]);
  });

  it('has no barrel and no drawer for odds and ends', () => {
    const wrong = files.filter(({ path }) =>
      /(^|\/)(index\.tsx?|utils?|helpers?|common|misc)(\/|\.tsx?$|$)/.test(path),
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
  });

  it('splits files before they grow past 300 lines', () => {
    const long = [...files, ...sourceFiles('scripts')].filter(({ text }) => text.split('\n').length > 300);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
