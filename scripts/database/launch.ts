import { type ChildProcess, execFile } from 'node:child_process';
import { chownSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { ServerAccount } from './account.ts';
import { answers, type Note } from './probe.ts';

const run = promisify(execFile);

/** How long a server may take to answer, recovery after a crash included. */
export const startTimeoutMs = 30_000;
const stopTimeoutMs = 20_000;

/** Makes a cluster whose text is UTF-8 and whose only account has this password. */
export async function initialise(
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
export function serverEnvironment(): NodeJS.ProcessEnv {
  return {
    NODE_ENV: undefined,
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    TZ: 'UTC',
  } as unknown as NodeJS.ProcessEnv;
}

/** Waits for a server that may still be recovering. */
export async function answersWithin(note: Note, limitMs: number): Promise<boolean> {
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
export async function launchUntilReady(launch: () => ChildProcess, note: Note, logFile: string) {
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

/** Ends the server in order; one that does not follow in time is ended at once and recovers at its next start. */
export async function stopServer(pid: number, ended: Promise<void>): Promise<void> {
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
      // The process has ended already.
    }
  };
  signal('SIGINT');
  if (await within(stopTimeoutMs)) return;
  signal('SIGQUIT');
  await within(5000);
}
