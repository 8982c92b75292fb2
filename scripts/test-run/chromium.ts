import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Notice, step } from '../steps/progress.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

function find(): string | undefined {
  return [process.env.CHROMIUM_PATH, ...places].find((path) => path && existsSync(path)) || undefined;
}

function apt(args: readonly string[]): boolean {
  const { status } = spawnSync('apt-get', args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeout: 300_000,
  });
  return status === 0;
}

/** The path of a Chromium, installed first on Debian as root. Throws a {@link Notice} when there is none. */
export async function requireChromium(): Promise<string> {
  const found = find();
  if (found) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await step('Installing Chromium for the browser tests', async () => {
      apt(['update', '-qq']);
      apt(['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    });
  }
  const installed = find();
  if (installed) return installed;
  throw new Notice(
    'The browser tests need Chromium, and it could not be installed here. Install it (on Debian: apt-get install chromium) or name it: CHROMIUM_PATH=/path/to/chromium npm test',
  );
}
