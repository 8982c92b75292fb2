import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, describe, expect, test } from 'vitest';
import { startCluster } from '#scripts/database/cluster.ts';
import { root } from '#scripts/steps/root.ts';

const folder = mkdtempSync(join(tmpdir(), 'cluster-'));
chmodSync(folder, 0o755);
const dataDir = join(folder, 'data');
const lockFile = join(dataDir, 'postgres', 'data', 'postmaster.pid');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(url: string, text: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query(text)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

const serverPid = () => Number(readFileSync(lockFile, 'utf8').split('\n')[0]);

describe('the embedded database', () => {
  test('is made, keeps its data over a stop and finds Persian text', async () => {
    const first = await startCluster({ dataDir });
    await ask(first.url, 'CREATE EXTENSION pg_trgm');
    await ask(first.url, "CREATE TABLE kept AS SELECT 'آتلیهٔ نگارستان'::text AS name");
    await first.stop();
    const second = await startCluster({ dataDir });
    expect(await ask(second.url, "SELECT similarity(name, 'نگارستان') > 0.3 FROM kept")).toBe(true);
    await second.stop();
  });

  test('starts over the lock of a killed server, and even when another process has its number', async () => {
    const first = await startCluster({ dataDir });
    process.kill(serverPid(), 'SIGKILL');
    await first.ended;
    const second = await startCluster({ dataDir });
    expect(await ask(second.url, 'SELECT count(*)::int FROM kept')).toBe(1);
    await second.stop();
    writeFileSync(lockFile, `${process.pid}\n${join(dataDir, 'postgres', 'data')}\n`);
    const third = await startCluster({ dataDir });
    expect(await ask(third.url, 'SELECT count(*)::int FROM kept')).toBe(1);
    await third.stop();
  });

  test('is joined while its starter lives, and taken over when that was killed', async () => {
    const script = `import { startCluster } from '#scripts/database/cluster.ts';
      await startCluster({ dataDir: process.argv[1] }); console.log('ready'); setInterval(() => {}, 1000);`;
    const starter = spawn(process.execPath, ['--input-type=module-typescript', '-e', script, dataDir], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(starter.stdout, 'data');
    const guest = await startCluster({ dataDir });
    expect(guest.joined).toBe(true);
    await guest.stop();
    expect(await ask(guest.url, 'SELECT 1')).toBe(1);
    starter.kill('SIGKILL');
    await once(starter, 'exit');
    const heir = await startCluster({ dataDir });
    expect(heir.joined).toBe(false);
    await heir.stop();
    await expect(ask(heir.url, 'SELECT 1')).rejects.toThrow();
  });

  test.runIf(process.getuid?.() === 0)('names DATA_DIR when its own user cannot get there', async () => {
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    await expect(startCluster({ dataDir: join(closed, 'data') })).rejects.toThrow(
      /may not enter .*closed.*DATA_DIR/,
    );
  });

  test('passes nothing of our environment to the server', async () => {
    process.env.A_SECRET_OF_OURS = 'not for the server';
    const cluster = await startCluster({ dataDir });
    expect(readFileSync(`/proc/${serverPid()}/environ`, 'utf8')).not.toContain('A_SECRET_OF_OURS');
    await cluster.stop();
  });
});
