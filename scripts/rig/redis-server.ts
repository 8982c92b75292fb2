import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@redis/client';

const names = ['valkey-server', 'redis-server'];

function onPath(): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  const all = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return all.find((path) => existsSync(path)) ?? null;
}

/** The server's program; fetched where that is possible without asking anybody (root on Debian). */
function findServer(): { path: string } | { missing: string } {
  const there = onPath();
  if (there) return { path: there };
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return { missing: 'neither valkey-server nor redis-server is installed, and this is not root on Debian' };
  }
  for (const name of names) {
    try {
      // In run level 1 a package starts no service of its own.
      const env = { ...process.env, RUNLEVEL: '1', DEBIAN_FRONTEND: 'noninteractive' };
      execFileSync('apt-get', ['install', '-y', '--no-install-recommends', name], { env, stdio: 'ignore' });
      const path = onPath();
      if (path) return { path };
    } catch {
      // The other name may be there.
    }
  }
  return { missing: 'apt-get could install neither valkey-server nor redis-server' };
}

const found = findServer();
/** Why there is no server here; null when there is one. */
export const redisMissing = 'missing' in found ? found.missing : null;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

export type RedisServer = {
  readonly url: string;
  start(): Promise<void>;
  /** Ends it without warning; nothing it knew comes back. */
  kill(): Promise<void>;
  /** Keeps its connections and answers nothing. */
  freeze(): void;
  thaw(): void;
  empty(): Promise<void>;
  close(): Promise<void>;
};

/** A real Redis or Valkey on a port of its own, which keeps nothing on disk. */
export async function createRedisServer(): Promise<RedisServer> {
  if ('missing' in found) throw new Error(found.missing);
  const { path } = found;
  const folder = mkdtempSync(join(tmpdir(), 'stayler-redis-'));
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  const ask = async (work: (client: ReturnType<typeof createClient>) => Promise<unknown>) => {
    const client = createClient({ url, socket: { reconnectStrategy: false } });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await work(client as ReturnType<typeof createClient>);
    } finally {
      client.destroy();
    }
  };
  const server: RedisServer = {
    url,
    start: async () => {
      const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      child = spawn(path, [...options, '--dir', folder], { stdio: 'ignore' });
      for (let tried = 0; ; tried += 1) {
        try {
          return await ask((client) => client.ping());
        } catch (error) {
          if (tried > 100) throw error;
          await sleep(50);
        }
      }
    },
    kill: async () => {
      const gone = child;
      child = undefined;
      if (!gone || gone.exitCode !== null) return;
      const ended = new Promise((resolve) => gone.once('exit', resolve));
      gone.kill('SIGKILL');
      await ended;
    },
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    empty: () => ask((client) => client.flushAll()),
    close: async () => {
      await server.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await server.start();
  return server;
}
