import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../steps/root.ts';

/** The whole program as `npm run up` starts it, on a free port with data of its own. */
export type Program = { url: string; stop(): Promise<{ code: number | null; seconds: number }> };

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}

const startTimeoutMs = 240_000;
const stopTimeoutMs = 60_000;

/** Starts the program and waits until it says that it runs. Throws with what it printed when it does not. */
export async function startProgram(dataDir: string): Promise<Program> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'scripts/up.ts')],
    {
      cwd: root,
      env: {
        ...process.env,
        PORT: String(port),
        DATA_DIR: dataDir,
        DATABASE_URL: '',
        NEXTAUTH_URL: '',
        // One browser makes more accounts in a minute than a person in a year.
        RATE_LIMIT_SCALE: '1000',
        // Vendors of these journeys are minutes old, and nobody is there to look at their pictures first.
        MODERATION: 'relaxed',
        PAYMENT_GATEWAYS: 'zarinpal,zibal',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let printed = '';
  const file = createWriteStream(join(dataDir, 'up.log'));
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed += chunk;
      file.write(chunk);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  const deadline = Date.now() + startTimeoutMs;
  while (!printed.includes('Ctrl-C stops everything')) {
    if (isOver || Date.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`The program did not start:\n${printed}`);
    }
    await sleep(100);
  }
  return {
    url: `http://localhost:${port}`,
    async stop() {
      const startedAt = Date.now();
      child.kill('SIGINT');
      const code = await Promise.race([ended, sleep(stopTimeoutMs, null, { ref: false })]);
      if (!isOver) child.kill('SIGKILL');
      return { code, seconds: (Date.now() - startedAt) / 1000 };
    },
  };
}
