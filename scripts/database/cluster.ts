import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { serverAccount } from './account.ts';
import { type PostgresVersion, postgresFolder } from './binaries.ts';
import { clusterHome } from './home.ts';
import {
  answersWithin,
  initialise,
  launchUntilReady,
  serverEnvironment,
  startTimeoutMs,
  stopServer,
} from './launch.ts';
import { appUrlOf, freePort, isAlive, livingServer, type Note, urlOf } from './probe.ts';

export type Cluster = {
  /** Connection string of the owner of the database `aistayler` in this cluster. */
  readonly url: string;
  /** The same of the role that the program works as. */
  readonly appUrl: string;
  /** True when another running process of ours had started it; `stop` then leaves it alone. */
  readonly joined: boolean;
  /** Settles when the server process ends, for any reason. Never settles for a joined one. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
};

type ClusterOptions = {
  dataDir: string;
  version?: PostgresVersion;
  dataDirIsDefault?: boolean;
  /** Extra `name=value` server settings. */
  settings?: readonly string[];
  log?: (line: string) => void;
};

async function createDatabase(note: Note): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(note, 'postgres'), connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = 'aistayler'");
    if (!rowCount) await client.query('CREATE DATABASE aistayler');
  } finally {
    await client.end();
  }
}

async function endOf(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(200, undefined, { ref: false });
}

/**
 * Starts the PostgreSQL cluster below `dataDir`, making it first when there is none, or joins the one that
 * runs there. A lock file left by a killed server does not stop it; a server whose starter was killed is
 * taken over. The server has a process group of its own, so Ctrl-C reaches us first and we end it in order.
 * Throws with a sentence for people when it cannot start.
 */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const log = options.log ?? (() => {});
  const account = serverAccount();
  const home = clusterHome(options.dataDir, account, options.dataDirIsDefault ?? false);
  if (home.movedBecause) log(home.movedBecause);
  const noteFile = join(home.folder, 'cluster.json');
  const logFile = join(home.folder, 'server.log');
  const data = join(home.folder, 'data');
  const bin = join(postgresFolder(options.version ?? 18, account), 'bin');

  // Whole or as it was: on a full disk a note that is cut off would take the password with it.
  const remember = (note: Note) => {
    writeFileSync(`${noteFile}.new`, JSON.stringify(note), { mode: 0o600 });
    renameSync(`${noteFile}.new`, noteFile);
  };
  const known = existsSync(noteFile) ? (JSON.parse(readFileSync(noteFile, 'utf8')) as Note) : null;
  const running = livingServer(data);
  if (running && known && (await answersWithin(known, startTimeoutMs))) {
    await createDatabase(known);
    const owned = known.ownerPid !== process.pid && isAlive(known.ownerPid);
    const ended = owned ? new Promise<void>(() => {}) : endOf(running);
    if (!owned) remember({ ...known, ownerPid: process.pid });
    const stop = owned ? async () => {} : () => stopServer(running, ended);
    return { url: urlOf(known, 'aistayler'), appUrl: appUrlOf(known), joined: owned, ended, stop };
  }

  const note: Note = {
    port: await freePort(known?.port),
    password: known?.password ?? randomBytes(18).toString('hex'),
    ownerPid: process.pid,
  };
  if (account) {
    chmodSync(home.folder, 0o755);
    chownSync(home.folder, account.uid, account.gid);
  }
  if (!existsSync(join(data, 'PG_VERSION'))) {
    log('Making the database cluster');
    // A folder half made by an interrupted initdb holds nothing worth keeping.
    rmSync(data, { recursive: true, force: true });
    await initialise(bin, data, home.folder, note.password, account);
  }
  if (!running) rmSync(join(data, 'postmaster.pid'), { force: true });
  remember(note);

  const output = openSync(logFile, 'a', 0o600);
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${note.port}`,
    // A socket's path is limited to about 100 bytes; folders may be deeper.
    'unix_socket_directories=',
    'shared_buffers=128MB',
    'max_connections=120',
    'timezone=UTC',
    ...(options.settings ?? []),
  ].flatMap((setting) => ['-c', setting]);
  const launch = () =>
    spawn(join(bin, 'postgres'), ['-D', data, ...settings], {
      ...account,
      cwd: home.folder,
      env: serverEnvironment(),
      detached: true,
      stdio: ['ignore', output, output],
    });
  const { server, ended } = await launchUntilReady(launch, note, logFile);
  await createDatabase(note);
  server.unref();
  return {
    url: urlOf(note, 'aistayler'),
    appUrl: appUrlOf(note),
    joined: false,
    ended,
    stop: () => stopServer(server.pid as number, ended),
  };
}
