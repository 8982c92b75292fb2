import { setTimeout as sleep } from 'node:timers/promises';
import { type Running, startWeb, startWorker, untilReady, type Web } from '#scripts/rig/processes.ts';
import type { FaultProxy } from '#tests/support/fault-proxy.ts';
import type { OwnCluster } from '../own-cluster.ts';
import type { SmallDisk } from '../small-disk.ts';
import type { Chance } from './chance.ts';

/** A process with a line of its own to the database. */
type Place<Process> = { process: Process; readonly line: FaultProxy; readonly port: number };

export type Site = {
  readonly cluster: OwnCluster;
  readonly webs: Place<Web>[];
  readonly workers: Place<Running>[];
  readonly environment: Record<string, string>;
  /** Null where small disks cannot be made. */
  readonly disks: { readonly files: SmallDisk; readonly database: SmallDisk } | null;
};

/** What befell the site, and how long after its end both web servers answered again. */
export type Blow = {
  readonly what: string;
  readonly at: number;
  readonly tookMs: number;
  recoveredMs: number;
};

/** Lets something happen and ends it again. */
type Fault = (site: Site, chance: Chance) => Promise<void>;

const second = 1000;
const linesOf = (site: Site) => [...site.webs, ...site.workers].map(({ line }) => line);

/** One line or all of them. */
const someLines = (site: Site, chance: Chance) =>
  chance.next() < 0.5 ? linesOf(site) : [chance.one(linesOf(site))];

async function forWhile(lines: readonly FaultProxy[], ms: number, begin: (line: FaultProxy) => void) {
  for (const line of lines) begin(line);
  await sleep(ms);
  for (const line of lines) line.reset();
}

async function paused(process: Running, ms: number): Promise<void> {
  process.signal('SIGSTOP');
  await sleep(ms);
  process.signal('SIGCONT');
}

const reviving = new WeakMap<OwnCluster, Promise<void>>();

/**
 * A server that is gone is started until it stands, as its supervisor does: at the first try its disk may be full. Two
 * blows at once have one supervisor.
 */
function reviveDatabase({ cluster }: Site): Promise<void> {
  const raise = async () => {
    for (const until = Date.now() + 60 * second; ; await sleep(second / 2)) {
      const isAlive = await cluster.database.query('SELECT 1').then(
        () => true,
        () => false,
      );
      if (isAlive) return;
      await cluster.kill().catch(() => undefined);
      const trouble = await cluster.start().catch((error: unknown) => error);
      if (trouble && Date.now() > until) throw trouble;
    }
  };
  const raised = reviving.get(cluster) ?? raise().finally(() => reviving.delete(cluster));
  reviving.set(cluster, raised);
  return raised;
}

const faults: Readonly<Record<string, Fault>> = {
  'a web server killed': async (site, chance) => {
    const place = chance.one(site.webs);
    await place.process.end('SIGKILL');
    await sleep(chance.between(0, 2) * second);
    place.process = await startWeb(
      { ...site.environment, DATABASE_URL: place.line.url },
      { port: place.port, isAwaited: false },
    );
  },
  'a worker killed': async (site, chance) => {
    const place = chance.one(site.workers);
    await place.process.end('SIGKILL');
    await sleep(chance.between(0, 2) * second);
    place.process = startWorker({ ...site.environment, DATABASE_URL: place.line.url });
  },
  'a web server stopped': (site, chance) =>
    paused(chance.one(site.webs).process, chance.between(1, 8) * second),
  'a worker stopped': (site, chance) =>
    paused(chance.one(site.workers).process, chance.between(2, 20) * second),
  'lines cut': (site, chance) =>
    forWhile(someLines(site, chance), chance.between(0.2, 4) * second, (line) => line.refuse()),
  'lines cut one by one': async (site, chance) => {
    const until = Date.now() + chance.between(2, 6) * second;
    while (Date.now() < until) {
      chance.one(linesOf(site)).cutOne((count) => chance.below(count));
      await sleep(60);
    }
  },
  'lines silent': (site, chance) =>
    forWhile(someLines(site, chance), chance.between(1, 9) * second, (line) => line.silence()),
  'answers lost': (site, chance) =>
    forWhile(linesOf(site), chance.between(2, 6) * second, (line) =>
      line.lose('statements', () => chance.next() < 0.03),
    ),
  'answers of commits lost': (site, chance) =>
    forWhile(linesOf(site), chance.between(3, 8) * second, (line) =>
      line.lose('commits', () => chance.next() < 0.4),
    ),
  'commits cut off': async (site, chance) => {
    const until = Date.now() + chance.between(2, 5) * second;
    while (Date.now() < until) {
      chance.one(linesOf(site)).arm(chance.one(['cut before', 'answer lost', 'silent'] as const));
      await sleep(120);
    }
    for (const line of linesOf(site)) line.reset();
  },
  // Of two that would end it at once, one finds it gone.
  'the database killed': async (site, chance) => {
    await site.cluster.kill().catch(() => undefined);
    await sleep(chance.between(0, 2) * second);
    await reviveDatabase(site);
  },
  'the database restarted': async (site) => {
    await site.cluster.stop().catch(() => undefined);
    await reviveDatabase(site);
  },
  'the disk of pictures full': async ({ disks }, chance) => {
    disks?.files.fillUp();
    await sleep(chance.between(2, 6) * second);
    disks?.files.clear();
  },
  'the disk of the database full': async (site, chance) => {
    site.disks?.database.fillUp();
    await sleep(chance.between(2, 6) * second);
    site.disks?.database.clear();
    await reviveDatabase(site);
  },
};

/** Both web servers say that they are ready and show a page with prices, within a minute. */
export async function bothAnswer(site: Site): Promise<void> {
  for (const { process } of site.webs) {
    await untilReady(process.url);
    for (const until = Date.now() + 60 * second; ; await sleep(second / 10)) {
      const page = await fetch(`${process.url}/plans`, { signal: AbortSignal.timeout(10 * second) }).catch(
        () => null,
      );
      await page?.arrayBuffer().catch(() => undefined);
      if (page?.ok) break;
      if (Date.now() > until) throw new Error(`${process.url}/plans answered ${page?.status ?? 'nothing'}`);
    }
  }
}

/** One fault after the other, sometimes two at once, until it is over; with how long the site took after each. */
export async function torment(site: Site, chance: Chance, isOver: () => boolean): Promise<Blow[]> {
  const blows: Blow[] = [];
  const names = Object.keys(faults).filter((name) => site.disks || !name.includes('disk'));
  // Each of them comes before any comes again.
  let coming: string[] = [];
  const next = () => {
    if (coming.length === 0) coming = [...names];
    return coming.splice(chance.below(coming.length), 1)[0] ?? '';
  };
  while (!isOver()) {
    const chosen = chance.next() < 0.25 ? [next(), next()] : [next()];
    const at = Date.now();
    await Promise.all(chosen.map((name) => faults[name]?.(site, chance.fork())));
    const endedAt = Date.now();
    const recovered = await bothAnswer(site).then(
      () => Date.now() - endedAt,
      () => Number.POSITIVE_INFINITY,
    );
    blows.push({ what: chosen.join(' and '), at, tookMs: endedAt - at, recoveredMs: recovered });
    await sleep(chance.between(0.3, 2.5) * second);
  }
  return blows;
}
