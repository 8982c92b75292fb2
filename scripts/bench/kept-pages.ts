import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWeb } from '#scripts/rig/processes.ts';
import { coreMs, repeat } from './support/process-cost.ts';
import { median, quantile, report } from './support/report.ts';
import { openSite } from './support/site.ts';

/**
 * Pages that are kept for visitors beside an empty dynamic page of the same build, in turns, by the processor time of the
 * server; how soon a vendor's change is seen in two web processes; what a whole first visit costs.
 */
const rounds = 5;
const perRound = 2000;
const emptyPerRound = 60;
const site = await openSite('kept_pages');
const other = await startWeb({
  DATABASE_URL: site.database.url,
  DATA_DIR: site.database.dataDir,
  LOG_LEVEL: 'warn',
});
const agent = new Agent({ keepAlive: true, maxSockets: 8 });
let isBehind = false;

type PageAnswer = { readonly body: Buffer; readonly isKept: boolean };

function ask(url: string, encoding = 'br'): Promise<PageAnswer> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers: { 'accept-encoding': encoding } }, async (answer) => {
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}`));
      resolve({ body: Buffer.concat(chunks), isKept: answer.headers['x-kept'] !== undefined });
    })
      .once('error', reject)
      .end();
  });
}

/** Milliseconds of a processor for one request; the share of answers that were kept. */
async function costOf(path: string, times: number): Promise<{ cost: number; kept: number }> {
  let kept = 0;
  const before = coreMs(site.web.pid);
  await repeat(times, 8, async () => {
    const { isKept } = await ask(`${site.web.url}${path}`);
    if (isKept) kept += 1;
  });
  return { cost: (coreMs(site.web.pid) - before) / times, kept: kept / times };
}

async function comparePages(): Promise<void> {
  const empty = '/dev/empty';
  const pages = [
    ['landing', '/'],
    ['styles', '/styles'],
    ['explore', '/explore'],
    ['plans', '/plans'],
    ['studio', '/studio'],
    ['profile', site.profile],
    ['album', site.album],
  ] as const;
  for (const path of [empty, ...pages.map(([, path]) => path)]) await costOf(path, 200);
  for (const [name, path] of pages) {
    const ratios: number[] = [];
    const costs: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const before = await costOf(empty, emptyPerRound);
      const { cost, kept } = await costOf(path, perRound);
      if (kept < 0.99) throw new Error(`${path} was kept for ${kept} of the requests`);
      const after = await costOf(empty, emptyPerRound);
      ratios.push((before.cost + after.cost) / 2 / cost);
      costs.push(cost);
    }
    const ratio = median(ratios);
    isBehind ||= ratio < 40;
    report({
      what: `${name}, kept: requests per second over those of an empty dynamic page of the same build`,
      measured: `${ratio.toFixed(0)} (${median(costs).toFixed(3)} ms of a core each)`,
      wanted: 'at least 40',
      met: ratio >= 40,
    });
  }
}

/** Milliseconds from a vendor's change until the profile and the album show it in both processes. */
async function untilShown(turn: number): Promise<number> {
  const name = `changed ${turn} times`;
  const pages = [site.web.url, other.url].flatMap((url) => [`${url}${site.profile}`, `${url}${site.album}`]);
  const album = site.album.split('/').at(-1);
  await site.database.client.query('UPDATE albums SET name = $1 WHERE id = $2', [name, album]);
  const startedAt = performance.now();
  await Promise.all(
    pages.map(async (page) => {
      while (!(await ask(page, 'identity')).body.includes(name)) await sleep(5);
    }),
  );
  return performance.now() - startedAt;
}

async function measureChanges(): Promise<void> {
  const times: number[] = [];
  for (let turn = 0; turn < 40; turn += 1) {
    times.push(await untilShown(turn));
    // So that each change finds pages that are kept.
    for (const page of [site.profile, site.album]) {
      for (const url of [site.web.url, other.url]) await ask(`${url}${page}`);
    }
  }
  const p95 = quantile(times, 0.95);
  isBehind ||= p95 > 1000;
  report({
    what: 'a vendor’s change until profile and album show it, two web processes, 40 changes',
    measured: `p50 ${median(times).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms`,
    wanted: 'p95 at most 1,000 ms',
    met: p95 <= 1000,
  });
}

/** Everything that a browser asks for before it scrolls: the page, its scripts and styles, the font, both hero pictures. */
async function measureVisit(): Promise<void> {
  const html = (await ask(`${site.web.url}/`, 'identity')).body.toString();
  const named = html.match(/\/(?:_next\/static|fonts)\/[\w./-]+\.(?:js|css|woff2)/g) ?? [];
  const pictures = ['original', 'oil'].map((name) => `/samples/styles/${name}-640.avif`);
  const files = [...new Set([...named, ...pictures])];
  const visit = async () => {
    await ask(`${site.web.url}/`);
    await Promise.all(files.map((file) => ask(`${site.web.url}${file}`)));
  };
  await repeat(20, 2, visit);
  const visits = 60;
  const before = coreMs(site.web.pid);
  await repeat(visits, 2, visit);
  const cost = (coreMs(site.web.pid) - before) / visits;
  isBehind ||= cost > 8;
  report({
    what: `a visitor’s first visit of the landing page (${files.length + 1} requests): processor of the web process`,
    measured: `${cost.toFixed(1)} ms`,
    wanted: 'at most 8 ms',
    met: cost <= 8,
  });
}

try {
  await comparePages();
  await measureVisit();
  await measureChanges();
} finally {
  agent.destroy();
  await other.end('SIGTERM');
  await site.close();
}
process.exit(isBehind ? 1 : 0);
