import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { serverAccount } from '#scripts/database/account.ts';
import { freePort } from '#scripts/database/probe.ts';

const program = ['/usr/sbin/pgbouncer', '/usr/bin/pgbouncer', '/usr/local/bin/pgbouncer'].find((path) =>
  existsSync(path),
);

/** Why there is no PgBouncer here; null when there is one. */
export const pgbouncerMissing = program
  ? null
  : 'PgBouncer is not installed (Debian: apt-get install pgbouncer)';

export type Pooler = {
  readonly url: string;
  /** Ends it without warning: whoever was connected has lost the connection. */
  kill(): Promise<void>;
  /** Starts it again at the same port. */
  start(): Promise<void>;
  close(): Promise<void>;
};

const startsWithinMs = 10_000;

/**
 * PgBouncer in transaction mode before a server, with so few connections of its own that callers are given each other's all
 * the time. Its configuration is that of docs/operations.md.
 *
 * @param url Of a role that signs in with a password.
 * @returns The same database and role through it, as DATABASE_URL says it.
 */
export async function startPgbouncer(url: string, poolSize = 2): Promise<Pooler> {
  if (!program) throw new Error(pgbouncerMissing ?? '');
  const server = new URL(url);
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'stayler-pgbouncer-'));
  const account = serverAccount();
  const [user, password] = [decodeURIComponent(server.username), decodeURIComponent(server.password)];
  writeFileSync(join(folder, 'users.txt'), `"${user}" "${password}"\n`, { mode: 0o600 });
  writeFileSync(
    join(folder, 'pgbouncer.ini'),
    `[databases]
* = host=${server.hostname} port=${server.port || 5432}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = ${join(folder, 'users.txt')}
pool_mode = transaction
default_pool_size = ${poolSize}
max_client_conn = 200
query_wait_timeout = 5
`,
  );
  if (account) {
    for (const path of [folder, join(folder, 'users.txt'), join(folder, 'pgbouncer.ini')])
      chownSync(path, account.uid, account.gid);
  }
  chmodSync(folder, 0o700);
  let child: ChildProcess | undefined;
  let said = '';
  let gone: Promise<void> = Promise.resolve();
  const end = async (signal: NodeJS.Signals) => {
    child?.kill(signal);
    await gone;
  };
  const pooled = new URL(url);
  pooled.host = `127.0.0.1:${port}`;
  pooled.searchParams.set('pgbouncer', 'true');
  const close = async () => {
    await end('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  };
  async function start(): Promise<void> {
    const started = spawn(program ?? '', [join(folder, 'pgbouncer.ini')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    child = started;
    started.stderr.on('data', (text: Buffer) => {
      said = (said + text.toString()).slice(-4000);
    });
    gone = new Promise<void>((resolve) => {
      started.once('exit', () => resolve());
      started.once('error', () => resolve());
    });
    for (const until = Date.now() + startsWithinMs; ; ) {
      const client = new pg.Client({ connectionString: pooled.href });
      client.on('error', () => undefined);
      try {
        await client.connect();
        await client.end();
        return;
      } catch (error) {
        if (Date.now() < until && started.exitCode === null) {
          await sleep(50);
          continue;
        }
        await close();
        throw new Error(`PgBouncer did not answer: ${(error as Error).message}\n${said}`);
      }
    }
  }
  await start();
  return { url: pooled.href, kill: () => end('SIGKILL'), start, close };
}
