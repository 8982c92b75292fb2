import { rmSync } from 'node:fs';
import { coreMs, repeat } from './support/process-cost.ts';
import { median, report } from './support/report.ts';
import { buildEmptyApp, scriptBytes } from './support/script-size.ts';
import { openSite } from './support/site.ts';

/**
 * Public pages, each made anew, beside an empty dynamic page of the same build: requests per second of one core, in turns, by the
 * processor time of the server, so that others on the machine do not count. Then the JavaScript of a first visit
 * beside an empty page of the same Next.js.
 */
const rounds = 7;
const perRound = 60;
const site = await openSite('pages');

/** Who has a cookie of ours is given no page that was kept. */
const unkept = 'ai-stayler.nothing=1';

async function visit(path: string, cookie = unkept): Promise<string> {
  const answer = await fetch(`${site.web.url}${path}`, { headers: { cookie } });
  const html = await answer.text();
  if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
  return html;
}

/** Milliseconds of a processor for one visit. */
async function costOf(path: string): Promise<number> {
  const before = coreMs(site.web.pid);
  await repeat(perRound, 4, () => visit(path));
  return (coreMs(site.web.pid) - before) / perRound;
}

const empty = '/dev/empty';
const pages: readonly (readonly [string, string])[] = [
  ['landing', '/'],
  ['explore', '/explore'],
  ['profile', site.profile],
  ['album', site.album],
];
let isBehind = false;
try {
  for (const path of [empty, ...pages.map(([, path]) => path)]) await repeat(150, 4, () => visit(path));
  for (const [name, path] of pages) {
    const ratios: number[] = [];
    const costs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = await costOf(empty);
      const cost = await costOf(path);
      const after = await costOf(empty);
      ratios.push((before + after) / 2 / cost);
      costs.push(cost);
    }
    const ratio = median(ratios);
    isBehind ||= ratio < 0.5;
    report({
      what: `${name}: requests per second over those of an empty dynamic page of the same build`,
      measured: `${ratio.toFixed(2)} (${median(costs).toFixed(1)} ms of a core each)`,
      wanted: 'at least 0.5',
      met: ratio >= 0.5,
    });
  }
  const emptyApp = await buildEmptyApp();
  try {
    const base = emptyApp.bytes;
    report({
      what: 'first-load JavaScript of an empty page of the same Next.js',
      measured: `${(base / 1000).toFixed(0)} kB gzip`,
      wanted: 'no promise',
      met: null,
    });
    const cookie = await site.cookie();
    for (const [name, path, limit, who] of [
      ...pages.map(([name, path]) => [name, path, 40, unkept] as const),
      ['studio', '/studio', 100, cookie] as const,
    ]) {
      const above = ((await scriptBytes(site.web.url, await visit(path, who))) - base) / 1000;
      isBehind ||= above > limit;
      report({
        what: `${name}: first-load JavaScript above that`,
        measured: `${above.toFixed(1)} kB gzip`,
        wanted: `at most ${limit} kB`,
        met: above <= limit,
      });
    }
  } finally {
    rmSync(emptyApp.folder, { recursive: true, force: true });
  }
} finally {
  await site.close();
}
process.exit(isBehind ? 1 : 0);
