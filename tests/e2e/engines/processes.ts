import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Programs of other engines as Debian installs them: firefox-esr; webkit2gtk-driver and xvfb. */
const libraries = '/usr/lib';

const firefox = ['/usr/bin/firefox-esr', '/usr/bin/firefox'].find((path) => existsSync(path));

function findMiniBrowser(): string | undefined {
  if (!existsSync(libraries)) return undefined;
  for (const machine of readdirSync(libraries).filter((name) => name.endsWith('-linux-gnu'))) {
    const folder = join(libraries, machine);
    const found = readdirSync(folder)
      .filter((name) => name.startsWith('webkit2gtk-4'))
      .map((name) => join(folder, name, 'MiniBrowser'))
      .find((path) => existsSync(path));
    if (found) return found;
  }
  return undefined;
}

const miniBrowser = findMiniBrowser();
const hasWebKit =
  ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'].every((path) => existsSync(path)) && miniBrowser;

/** Where each engine is; undefined where it is not installed. */
export const installed = { firefox, webkit: hasWebKit ? miniBrowser : undefined } as const;

export type Running = {
  /** The first text that a line of its output matches. */
  readonly said: (pattern: RegExp) => Promise<string>;
  readonly stop: () => Promise<void>;
};

/** Starts a program with a home of its own, which goes when it is stopped. */
export function start(
  command: string,
  args: (home: string) => readonly string[],
  env: Record<string, string> = {},
): Running {
  const home = mkdtempSync(join(tmpdir(), 'ai-stayler-engine-'));
  const child: ChildProcess = spawn(command, args(home), {
    env: {
      ...process.env,
      HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: home,
      XDG_DATA_HOME: home,
      ...env,
    },
    // In a group of its own: a browser is many processes.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk;
      for (const listener of listeners) listener();
    });
  }
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`${command} did not start: ${printed}`)), 30_000);
        const look = () => {
          const found = pattern.exec(printed)?.[1];
          if (found === undefined) return;
          clearTimeout(timer);
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        look();
      }),
    async stop() {
      if (child.pid && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
      await ended;
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
