import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../database/probe.ts';
import { root } from '../steps/root.ts';
import { report } from './support/report.ts';

/** `npm run up` on a fresh clone of what is committed, with npm's cache warm, and then once more. */
const folder = mkdtempSync(join(tmpdir(), 'stayler-clone-'));
chmodSync(folder, 0o755);
const clone = join(folder, 'app');
const withinMs = 8 * 60_000;

type Up = { readonly seconds: number; readonly serving: boolean; stop(): Promise<void> };

async function up(): Promise<Up> {
  const port = await freePort();
  const startedAt = Date.now();
  const {
    DATABASE_URL: _database,
    DATA_DIR: _data,
    EMBEDDED_DATABASE: _embedded,
    NODE_ENV: _mode,
    ...inherited
  } = process.env;
  const child: ChildProcess = spawn('npm', ['run', 'up'], {
    cwd: clone,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...(inherited as NodeJS.ProcessEnv), PORT: String(port) },
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  while (!printed.includes('Ctrl-C stops everything')) {
    if (child.exitCode !== null || Date.now() - startedAt > withinMs) {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
      throw new Error(`npm run up did not come up:\n${printed.slice(-2000)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const seconds = (Date.now() - startedAt) / 1000;
  const serving = (await fetch(`http://localhost:${port}/`)).status === 200;
  return {
    seconds,
    serving,
    async stop() {
      // As Ctrl-C in a terminal: the whole group hears it; npm ends at once, and what it started in order.
      const group = -(child.pid ?? 0);
      process.kill(group, 'SIGINT');
      await ended;
      for (const until = Date.now() + 60_000; Date.now() < until; ) {
        try {
          process.kill(group, 0);
        } catch {
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      process.kill(group, 'SIGKILL');
      throw new Error('npm run up did not end on Ctrl-C');
    },
  };
}

let isSlow = false;
try {
  execFileSync('git', ['clone', '-q', root, clone]);
  for (const [what, limit] of [
    ['a fresh clone to serving, npm’s cache warm', 240],
    ['the second start', 12],
  ] as const) {
    const { seconds, serving, stop } = await up();
    await stop();
    if (!serving) throw new Error('it said that it serves, and did not');
    isSlow ||= seconds > limit;
    report({
      what,
      measured: `${seconds.toFixed(1)} s`,
      wanted: `at most ${limit} s`,
      met: seconds <= limit,
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(isSlow ? 1 : 0);
