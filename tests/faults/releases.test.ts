import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { disconnectDb } from '#lib/db/client.ts';
import { closeSender } from '#lib/jobs/enqueue.ts';
import { browserAt, cookieOf } from '#scripts/rig/browser.ts';
import { endAll, startWeb, type Web } from '#scripts/rig/processes.ts';
import { root } from '#scripts/steps/root.ts';
import { newVendor, ownDataDir } from '#tests/support/files.ts';
import { noteRecovery } from '#tests/support/note-recovery.ts';
import { startBalancer } from './support/balancer.ts';
import { createOwnCluster, type OwnCluster } from './support/own-cluster.ts';

const data = ownDataDir();
const releases = ['old', 'new'] as const;
const folderOf = (release: string) => `.next-roll-${release}`;
let cluster: OwnCluster;

/** `npm run build` of this tree as a release of its own, by the key that is kept under DATA_DIR. */
async function build(release: string): Promise<void> {
  rmSync(join(root, folderOf(release)), { recursive: true, force: true });
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'scripts/build.ts')],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        NODE_ENV: 'production',
        NEXT_DIST_DIR: folderOf(release),
        NEXT_DEPLOYMENT_ID: `roll-${release}`,
      },
    },
  );
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error(`the build of ${release} ended with ${code}`);
}

const start = (release: string) =>
  startWeb({ DATABASE_URL: cluster.url, NEXT_DIST_DIR: folderOf(release), RATE_LIMIT_SCALE: '1000' });

beforeAll(async () => {
  cluster = await createOwnCluster();
  for (const release of releases) await build(release);
  process.env.NEXT_DIST_DIR = folderOf('old');
}, 900_000);
afterEach(endAll);
afterAll(async () => {
  await closeSender();
  await disconnectDb();
  await cluster.close();
  await data.remove();
  for (const release of releases) rmSync(join(root, folderOf(release)), { recursive: true, force: true });
});

test('81 two builds of different releases know each other’s actions by the same names', () => {
  const [before, after] = releases.map((release) => {
    const file = join(root, folderOf(release), 'server/server-reference-manifest.json');
    return Object.keys((JSON.parse(readFileSync(file, 'utf8')) as { node: object }).node).sort();
  });
  expect(before?.length).toBeGreaterThan(80);
  expect(after).toEqual(before);
});

test('81 two servers are changed for those of another build, one by one, under load: no action is lost', async ({
  task,
}) => {
  const olds = await Promise.all(['old', 'old'].map(start));
  const balancer = await startBalancer(olds.map(({ url }) => url));
  const acknowledged: string[] = [];
  const refused: string[] = [];
  let isOver = false;
  const writers = Array.from({ length: 4 }, async (_, writer) => {
    const { vendorId } = await newVendor();
    const somebody = browserAt(balancer.url, await cookieOf('vendor', vendorId));
    for (let turn = 0; !isOver; turn += 1) {
      const title = `${writer} ${turn}`;
      try {
        const answer = await somebody.act('createAlbum', '/vendor/albums', { title });
        if (answer.ok) acknowledged.push(title);
        else refused.push(`${title}: ${answer.code}`);
      } catch (error) {
        refused.push(`${title}: ${error}`);
      }
      await sleep(30);
    }
  });
  await sleep(1500);
  const startedAt = Date.now();
  for (const old of olds) {
    const renewed: Web = await start('new');
    balancer.add(renewed.url);
    await sleep(500);
    balancer.remove(old.url);
    expect(await old.end('SIGTERM')).toBe(0);
    await sleep(500);
  }
  noteRecovery(task, startedAt);
  await sleep(1500);
  isOver = true;
  await Promise.all(writers);
  await balancer.stop();
  const rows = await cluster.database.query<{ title: string }>('SELECT name AS title FROM albums');
  expect(refused).toEqual([]);
  expect(acknowledged.length).toBeGreaterThan(50);
  expect(rows.map(({ title }) => title).sort()).toEqual(acknowledged.sort());
}, 300_000);

test('81 a page of either release finds its scripts at a server of the other', async () => {
  const [old, renewed] = await Promise.all([start('old'), start('new')]);
  const scripts = async (release: string) => {
    const folder = join(root, folderOf(release), 'static/chunks');
    return (await readdir(folder)).filter((name) => name.endsWith('.js'));
  };
  const [ofOld, ofNew] = [await scripts('old'), await scripts('new')];
  const foreign = [
    ...ofOld.filter((name) => !ofNew.includes(name)).map((name) => [renewed, name] as const),
    ...ofNew.filter((name) => !ofOld.includes(name)).map((name) => [old, name] as const),
  ];
  // The same source makes the same scripts, but for the manifests of each build.
  for (const [server, name] of foreign) {
    const answer = await fetch(`${server.url}/_next/static/chunks/${name}?dpl=roll`);
    expect([name, answer.status]).toEqual([name, 200]);
    await answer.arrayBuffer();
  }
  const manifest = await fetch(`${renewed.url}/_next/static/${readBuildId('old')}/_buildManifest.js`);
  expect(manifest.status).toBe(200);
  await manifest.arrayBuffer();
  expect((await fetch(`${renewed.url}/_next/static/chunks/nobody.js`)).status).toBe(404);
  expect((await fetch(`${renewed.url}/_next/static/..%2f..%2fsecrets%2factions`)).status).not.toBe(200);
}, 120_000);

const readBuildId = (release: string) =>
  readFileSync(join(root, folderOf(release), 'BUILD_ID'), 'utf8').trim();
