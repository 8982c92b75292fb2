import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { machine } from '../../steps/machine.ts';
import { root } from '../../steps/root.ts';
import type { Row } from './report.ts';

/** What one measurement found, where and when. */
type Taken = { readonly machine: string; readonly load: number; readonly rows: readonly Row[] };

const titles: Readonly<Record<string, string>> = {
  'record-conversion': 'The database',
  rows: 'A million rows',
  'conversion-latency': 'From the request to the result',
  styles: 'The local engine',
  looks: 'Looks that are worn',
  'conversion-cost': 'What a conversion costs',
  'worker-memory': 'A worker’s memory',
  pictures: 'Taking pictures in',
  pages: 'Public pages, made anew',
  'kept-pages': 'Pages that are kept for visitors',
  lighthouse: 'Lighthouse',
  start: 'Starting',
  memory: 'Memory',
  scale: 'Two web servers and three workers on one machine',
  enumeration: 'What the time of an answer tells',
  stuffing: 'While passwords are tried',
  'session-check': 'The session check',
};

const data = join(root, 'docs', 'benchmarks.json');
const page = join(root, 'docs', 'benchmarks.md');
const words = { true: 'yes', false: '**no**', null: '' } as const;

function pageOf(all: Readonly<Record<string, Taken>>): string {
  const known = Object.keys(titles).filter((name) => all[name]);
  const parts = [...known, ...Object.keys(all).filter((name) => !titles[name])].map((name) => {
    const { machine: place, load, rows } = all[name] as Taken;
    const lines = rows.map(
      ({ what, measured, wanted, met }) => `| ${what} | ${measured} | ${wanted} | ${words[`${met}`]} |`,
    );
    return `## ${titles[name] ?? name}

\`npm run bench -- ${name}\`: ${place}; load ${load.toFixed(1)} when it ended.

| what | measured | must reach | reached |
|---|---|---|---|
${lines.join('\n')}
`;
  });
  return `# Measurements

Written by \`npm run bench\`, which takes all of them again; \`npm run bench -- NAME\` takes one of \`scripts/bench\` and
replaces its part of this page. What is compared is measured in turns in one run. "Of a core" is processor time, which
others on the machine do not change much; it counts the threads of the collector and the compiler too, so it can be more
than the clock's.

${parts.join('\n')}`;
}

/** Keeps what a measurement found and writes `docs/benchmarks.md` anew. */
export function keepMeasurements(name: string, rows: readonly Row[]): void {
  const all = existsSync(data) ? (JSON.parse(readFileSync(data, 'utf8')) as Record<string, Taken>) : {};
  all[name] = { machine: machine(), load: loadavg()[0] ?? 0, rows };
  writeFileSync(data, `${JSON.stringify(all, null, 2)}\n`);
  writeFileSync(page, pageOf(all));
}
