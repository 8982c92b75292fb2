import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requireChromium } from '../test-run/chromium.ts';
import { median, report } from './support/report.ts';
import { openSite } from './support/site.ts';

/** Lighthouse as a telephone on a slow line, three times a page; fetched for the occasion, not a dependency. */
const lighthouse = 'lighthouse@13.4.0';
const runs = 3;
const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

type Audit = {
  categories: Record<string, { score: number | null }>;
  audits: Record<string, { numericValue?: number; score: number | null; title: string }>;
};

const chromium = await requireChromium();
const folder = mkdtempSync(join(tmpdir(), 'stayler-lighthouse-'));
const site = await openSite('lighthouse');

async function look(path: string, run: number): Promise<Audit | null> {
  const file = join(folder, `${run}.json`);
  const flags = '--headless=new --no-sandbox --disable-gpu --disable-quic';
  await promisify(execFile)(
    'npm',
    [
      ...['exec', '--yes', `--package=${lighthouse}`, '--', 'lighthouse', `${site.web.url}${path}`],
      ...['--quiet', '--output=json', `--output-path=${file}`, `--chrome-flags=${flags}`],
      `--only-categories=${categories.join(',')}`,
    ],
    { env: { ...process.env, CHROME_PATH: chromium, LOG_LEVEL: '' }, timeout: 180_000 },
  ).catch((error: { stderr?: string }) => process.stderr.write(`${error.stderr?.slice(-500)}\n`));
  if (!existsSync(file)) return null;
  const answer = JSON.parse(readFileSync(file, 'utf8')) as Audit;
  rmSync(file);
  return answer;
}

let isBehind = false;
try {
  for (const [name, path] of [
    ['landing', '/'],
    ['explore', '/explore'],
    ['album', site.album],
    ['plans', '/plans'],
    ['studio', '/studio'],
  ] as const) {
    const seen: Audit[] = [];
    for (let run = 0; run < runs; run += 1) {
      const answer = await look(path, run);
      if (!answer) break;
      seen.push(answer);
    }
    const what = `Lighthouse, mobile, ${name}: performance, accessibility, best practices, SEO`;
    const wanted = 'at least 98, 100, 100, 100';
    if (seen.length === 0) {
      report({ what, measured: 'not measured: Lighthouse cannot be fetched or run here', wanted, met: null });
      continue;
    }
    const scores = categories.map((category) =>
      Math.round(100 * median(seen.map((answer) => answer.categories[category]?.score ?? 0))),
    );
    const met = (scores[0] ?? 0) >= 98 && scores.slice(1).every((score) => score === 100);
    report({ what, measured: scores.join(', '), wanted, met });
    const shift = median(seen.map(({ audits }) => audits['cumulative-layout-shift']?.numericValue ?? 1));
    report({ what: `${name}: CLS`, measured: shift.toFixed(3), wanted: 'at most 0.02', met: shift <= 0.02 });
    isBehind ||= !met || shift > 0.02;
    for (const [id, { score, title }] of Object.entries(seen[0]?.audits ?? {})) {
      if (score !== null && score < 0.9) process.stdout.write(`    ${name}: ${id} ${score}: ${title}\n`);
    }
  }
} finally {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(isBehind ? 1 : 0);
