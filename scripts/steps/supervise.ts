import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeFlags } from './node-flags.mjs';
import { root } from './root.ts';

export type Supervised = { stop(): Promise<void>; readonly logFile: string };

const stopTimeoutMs = 35_000;

/**
 * Keeps one of our processes running: starts it again when it dies, until told to stop. It has a process
 * group of its own, so that Ctrl-C reaches only us and we end everything in order; an IPC channel lets it
 * notice when we are killed, so that nothing stays behind.
 */
export function keepRunning(name: 'web' | 'worker', args: readonly string[], logFolder: string): Supervised {
  mkdirSync(logFolder, { recursive: true });
  const logFile = join(logFolder, `${name}.log`);
  let stopping = false;
  let child: ChildProcess | null = null;
  let quickDeaths = 0;

  const finished = (async () => {
    while (!stopping) {
      const output = openSync(logFile, 'a');
      const startedAt = Date.now();
      const current = spawn(
        process.execPath,
        [...nodeFlags(name, args), join(root, 'scripts', `${name}.ts`), ...args],
        {
          cwd: root,
          // Neither migrates: what the owner may do stays out of their reach.
          env: { ...process.env, DATABASE_OWNER_URL: undefined, SERVICE_NAME: name },
          detached: true,
          stdio: ['ignore', output, output, 'ipc'],
        },
      );
      child = current;
      const how = await new Promise<string>((resolve) => {
        current.once('error', (error) => resolve(error.message));
        current.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
      });
      if (stopping) return;
      quickDeaths = Date.now() - startedAt < 10_000 ? quickDeaths + 1 : 0;
      process.stdout.write(
        `The ${name} process ended (${how}) and is started again; its log is ${logFile}\n`,
      );
      await sleep(Math.min(250 * 2 ** quickDeaths, 10_000));
    }
  })();

  return {
    logFile,
    async stop() {
      stopping = true;
      child?.kill('SIGTERM');
      const timer = new AbortController();
      const late = sleep(stopTimeoutMs, 'late', { signal: timer.signal }).catch(() => 'late');
      if ((await Promise.race([finished, late])) === 'late') child?.kill('SIGKILL');
      timer.abort();
    },
  };
}
