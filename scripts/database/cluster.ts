import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type ServerAccount, serverAccount } from './account.ts';
import { type PostgresVersion, postgresFolder } from './binaries.ts';
import { clusterHome } from './home.ts';
import { answers, freePort, isAlive, livingServer, type Note, urlOf } from './probe.ts';

const run = promisify(execFile);

export type Cluster = {
  /** Connection string of the database `aistayler` in this cluster. */
  readonly url: string;
  /** True when another running process of ours had started it; `stop` then leaves it alone. */
  readonly joined: boolean;
  /** Settles when the server process ends, whoever ended it. Never settles for a joined one. */
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

const startTimeoutMs = 30_000;
const stopTimeoutMs = 20_000;

async function initialise(
  bin: string,
  data: string,
  home: string,
  password: string,
  account: ServerAccount | null,
) {
  const passwordFile = join(home, `.password-${process.pid}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  try {
    await run(
      join(bin, 'initdb'),
      // Without a UTF-8 encoding and ctype, Persian text search finds nothing.
      [
        '-D',
        data,
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        '--pwfile',
        passwordFile,
        '--encoding=UTF8',
        '--locale=C.UTF-8',
      ],
      { ...account, cwd: home, env: serverEnvironment() },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/** The server gets none of our environment: it may hold secrets. */
function serverEnvironment(): NodeJS.ProcessEnv {
  return {
    NODE_ENV: undefined,
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
  } as unknown as NodeJS.ProcessEnv;
}

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

async function answersWithin(note: Note, limitMs: number): Promise<boolean> {
  const deadline = Date.now() + limitMs;
  while (Date.now() < deadline) {
    if (await answers(note)) return true;
    await sleep(100);
  }
  return false;
}

/**
 * Waits until the server answers. The children of a killed server may hold its shared memory for a moment
 * longer, and the next one refuses to start beside them: it is tried again for as long as the limit lasts.
 */
async function launchUntilReady(launch: () => ChildProcess, note: Note, logFile: string) {
  const deadline = Date.now() + startTimeoutMs;
  while (true) {
    const server = launch();
    const ended = new Promise<void>((resolve) => {
      server.once('exit', () => resolve());
      server.once('error', () => resolve());
    });
    const gone = ended.then(() => 'gone' as const);
    while (Date.now() < deadline) {
      const state = await Promise.race([gone, answers(note)]);
      if (state === true) return { server, ended };
      if (state === 'gone') break;
      await sleep(50);
    }
    const tail = readFileSync(logFile, 'utf8').split('\n').slice(-6).join('\n');
    if (Date.now() >= deadline || !tail.includes('pre-existing shared memory block')) {
      server.kill('SIGQUIT');
      throw new Error(`The embedded database did not start (its log is ${logFile}):\n${tail}`);
    }
    await sleep(250);
  }
}

async function stopServer(pid: number, ended: Promise<void>): Promise<void> {
  const within = async (limitMs: number) => {
    const timer = new AbortController();
    const late = sleep(limitMs, false, { signal: timer.signal }).catch(() => false);
    const timely = await Promise.race([ended.then(() => true), late]);
    timer.abort();
    return timely;
  };
  const signal = (name: NodeJS.Signals) => {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended already.
    }
  };
  signal('SIGINT');
  if (await within(stopTimeoutMs)) return;
  signal('SIGQUIT');
  await within(5000);
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

  const remember = (note: Note) => writeFileSync(noteFile, JSON.stringify(note), { mode: 0o600 });
  const known = existsSync(noteFile) ? (JSON.parse(readFileSync(noteFile, 'utf8')) as Note) : null;
  const running = livingServer(data);
  if (running && known && (await answersWithin(known, startTimeoutMs))) {
    await createDatabase(known);
    const owned = known.ownerPid !== process.pid && isAlive(known.ownerPid);
    const ended = owned ? new Promise<void>(() => {}) : endOf(running);
    if (!owned) remember({ ...known, ownerPid: process.pid });
    const stop = owned ? async () => {} : () => stopServer(running, ended);
    return { url: urlOf(known, 'aistayler'), joined: owned, ended, stop };
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
    joined: false,
    ended,
    stop: () => stopServer(server.pid as number, ended),
  };
}
