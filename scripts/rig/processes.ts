import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '#scripts/database/probe.ts';
import { allocator, nodeFlags } from '#scripts/steps/node-flags.mjs';
import { root } from '#scripts/steps/root.ts';

export type Running = {
  readonly pid: number;
  readonly child: ChildProcess;
  readonly logFile: string;
  signal(name: NodeJS.Signals): void;
  /** Ends it and waits until it is gone; its exit code, null when a signal ended it. */
  end(name?: NodeJS.Signals): Promise<number | null>;
};

export type Web = Running & { readonly url: string };

const readyWithinMs = 75_000;
let made = 0;

/** Everything that was started and not ended yet, so that a failed test leaves nothing behind. */
const running = new Set<Running>();

function start(name: 'web' | 'worker', environment: Record<string, string>, stdout?: number): Running {
  // The runner reads all of them for secrets at the end.
  const folder = process.env.FAULT_LOGS || join(process.env.DATA_DIR ?? '.', 'logs');
  mkdirSync(folder, { recursive: true });
  made += 1;
  const logFile = join(folder, `${name}-${process.pid}-${made}.log`);
  const output = openSync(logFile, 'a');
  const child = spawn(process.execPath, [...nodeFlags(name), join(root, 'scripts', `${name}.ts`)], {
    cwd: root,
    // The channel ends it with us, whatever becomes of us.
    stdio: ['ignore', stdout ?? output, output, 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      SERVICE_NAME: name,
      NODE_OPTIONS: '',
      VITEST: '',
      ...allocator,
      ...environment,
    },
  });
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const one: Running = {
    pid: child.pid ?? 0,
    child,
    logFile,
    signal: (signal) => void child.kill(signal),
    async end(signal = 'SIGKILL') {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        const timer = new AbortController();
        const late = sleep(45_000, 'late', { signal: timer.signal }).catch(() => 'late');
        if ((await Promise.race([gone, late])) === 'late') {
          child.kill('SIGKILL');
          await gone;
        }
        timer.abort();
      }
      running.delete(one);
      return child.exitCode;
    },
  };
  running.add(one);
  return one;
}

/** A worker as `npm run worker` runs it. */
export function startWorker(environment: Record<string, string>): Running {
  return start('worker', environment);
}

/** A web server as `npm run web` runs it, on a port of its own; settled when it says that it is ready, unless told not to wait. */
export async function startWeb(
  environment: Record<string, string>,
  options: { stdout?: number; port?: number; isAwaited?: boolean } = {},
): Promise<Web> {
  const port = options.port ?? (await freePort());
  const url = `http://localhost:${port}`;
  const web = start('web', { PORT: String(port), NEXTAUTH_URL: url, ...environment }, options.stdout);
  if (options.isAwaited !== false) await untilReady(url);
  return { ...web, url };
}

/** Waits until it says that it is ready. */
export async function untilReady(url: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const answer = await fetch(`${url}/api/health/ready`, { signal: AbortSignal.timeout(2500) }).catch(
      () => null,
    );
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`${url} was not ready within ${readyWithinMs / 1000} s`);
}

/** Ends whatever a test left running, also what it had stopped. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map((one) => one.end()));
}
