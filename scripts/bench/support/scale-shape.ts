import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { FileStore } from '#lib/files/storage/file-store.ts';
import { storeOf } from '#lib/files/storage/open-store.ts';
import { copyBase } from '#scripts/database/base-copy.ts';
import { startCluster } from '#scripts/database/cluster.ts';
import { freePort } from '#scripts/database/probe.ts';
import { type Balancer, startBalancer } from '#scripts/rig/balancer.ts';
import { type Pooler, pgbouncerMissing, startPgbouncer } from '#scripts/rig/pgbouncer.ts';
import { root } from '#scripts/steps/root.ts';

/**
 * What the programs stand on, two of each: a primary and its streaming replica, two PgBouncers and two servers of one bucket, each
 * pair behind a balancer. The primary is the one thing of which there is one: taking over is the operator's
 * (docs/operations.md, "Back to a moment").
 */
export type Shape = {
  /** What every web server and worker is told. */
  readonly environment: Readonly<Record<string, string>>;
  readonly what: string;
  /** The bucket, as a program of ours sees it. */
  readonly store: FileStore;
  /** Ends one of each without warning. */
  killOne(): Promise<void>;
  /** Starts those again. */
  revive(): Promise<void>;
  close(): Promise<void>;
};

const bucket = 'pictures';
/** A replica does not start with fewer than its primary. */
const connections = 'max_connections=200';

/** The server from npm as a process of its own; several of them serve one folder. */
async function startBucket(folder: string, port: number): Promise<ChildProcess> {
  const settings = { address: '127.0.0.1', port, silent: true, directory: folder };
  const program = `import Server from '@20minutes/s3rver';
    await new Server({ ...${JSON.stringify(settings)}, configureBuckets: [{ name: '${bucket}', configs: [] }] }).run();
    process.on('disconnect', () => process.exit());`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    // The channel ends it with us.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(100)) {
    const answers = await fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
    if (answers) return child;
  }
  throw new Error('the server of the bucket did not answer');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

type Primary = { readonly url: string; readonly folder: string; stop(): Promise<void> };

/** A server of this measurement alone, from which a replica can follow. DATABASE_URL names it from now on. */
export async function openPrimary(): Promise<Primary> {
  const folder = mkdtempSync(join(tmpdir(), 'stayler-primary-'));
  // The server's own account must reach it.
  chmodSync(folder, 0o755);
  const cluster = await startCluster({
    dataDir: folder,
    settings: ['wal_keep_size=512MB', connections],
  });
  process.env.DATABASE_URL = cluster.url;
  return {
    url: cluster.url,
    folder,
    async stop() {
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Puts two of each around a database of the primary. */
export async function openShape(primary: Primary, url: string): Promise<Shape> {
  const replicaFolder = mkdtempSync(join(tmpdir(), 'stayler-replica-'));
  const bucketFolder = mkdtempSync(join(tmpdir(), 'stayler-bucket-'));
  await copyBase(primary.url, primary.folder, replicaFolder, 'standby');
  const { port, password } = new URL(primary.url);
  const follow = () =>
    startCluster({
      dataDir: replicaFolder,
      settings: [
        connections,
        `primary_conninfo=host=127.0.0.1 port=${port} user=postgres password=${password}`,
      ],
    });
  let replica = await follow();
  const readUrl = new URL(replica.url);
  readUrl.pathname = new URL(url).pathname;

  const bucketPorts = [await freePort(), await freePort()] as const;
  const buckets: ChildProcess[] = [];
  for (const one of bucketPorts) buckets.push(await startBucket(bucketFolder, one));
  const bucketFront = await startBalancer(bucketPorts);

  const poolers: Pooler[] = [];
  let poolerFront: Balancer | undefined;
  const pooled = new URL(url);
  if (!pgbouncerMissing) {
    poolers.push(await startPgbouncer(url, 20), await startPgbouncer(url, 20));
    poolerFront = await startBalancer(poolers.map((pooler) => Number(new URL(pooler.url).port)));
    pooled.host = `127.0.0.1:${poolerFront.port}`;
    pooled.searchParams.set('pgbouncer', 'true');
  }
  const replicaPid = () =>
    Number(readFileSync(join(replicaFolder, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

  const settings = {
    endpoint: `http://127.0.0.1:${bucketFront.port}`,
    bucket,
    region: 'us-east-1',
    accessKeyId: 'S3RVER',
    secretAccessKey: 'S3RVER',
    pathStyle: true,
  };
  return {
    store: storeOf({ kind: 's3', ...settings }),
    environment: {
      DATABASE_URL: pooled.href,
      DATABASE_DIRECT_URL: url,
      DATABASE_READ_URL: readUrl.href,
      STORAGE: 's3',
      S3_ENDPOINT: settings.endpoint,
      S3_BUCKET: bucket,
      S3_REGION: settings.region,
      S3_ACCESS_KEY_ID: settings.accessKeyId,
      S3_SECRET_ACCESS_KEY: settings.secretAccessKey,
      S3_PATH_STYLE: 'true',
    },
    what: `a primary and its replica, ${poolers.length || 'no'} PgBouncers, two servers of a bucket`,
    async killOne() {
      process.kill(replicaPid(), 'SIGKILL');
      await Promise.all([replica.ended, end(buckets[0] as ChildProcess), poolers[0]?.kill()]);
    },
    async revive() {
      buckets[0] = await startBucket(bucketFolder, bucketPorts[0]);
      await poolers[0]?.start();
      replica = await follow();
    },
    async close() {
      await Promise.all([...buckets.map(end), ...poolers.map((pooler) => pooler.close())]);
      await Promise.all([bucketFront.close(), poolerFront?.close(), replica.stop()]);
      for (const folder of [replicaFolder, bucketFolder]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Reads back every size of every picture that a row names: how many there are, and which are not what was written. */
export async function checkPictures(
  client: pg.Client,
  store: FileStore,
): Promise<{ pictures: number; sizes: number; wrong: string[] }> {
  const { rows } = await client.query<{
    id: string;
    sha256: string;
    variants: Record<string, { bytes: number }>;
  }>('SELECT id, sha256, variants FROM stored_files');
  const wrong: string[] = [];
  let sizes = 0;
  for (const { id, sha256, variants } of rows) {
    for (const [name, { bytes }] of Object.entries(variants)) {
      const found = await store.read(id, name as Parameters<FileStore['read']>[1]);
      sizes += 1;
      const isWhole =
        found?.length === bytes &&
        (name !== 'original' || createHash('sha256').update(found).digest('hex') === sha256);
      if (!isWhole) wrong.push(`${id}/${name}`);
    }
  }
  return { pictures: rows.length, sizes, wrong };
}
