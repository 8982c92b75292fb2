import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Env, env, readEnv } from '#lib/core/env/env.ts';
import { startCluster } from './database/cluster.ts';
import { demoAccounts } from './seed/demo-accounts.ts';
import { buildWeb } from './steps/build.ts';
import type { Database } from './steps/database.ts';
import { requireFreePort } from './steps/port.ts';
import { prepareDatabase } from './steps/prepare.ts';
import { Notice, runScript, step } from './steps/progress.ts';
import { keepRunning, type Supervised } from './steps/supervise.ts';

const readyTimeoutMs = 60_000;

async function untilReady(environment: Env, web: Supervised): Promise<void> {
  const deadline = Date.now() + readyTimeoutMs;
  const address = `http://${environment.host === '0.0.0.0' ? '127.0.0.1' : environment.host}:${environment.port}`;
  while (Date.now() < deadline) {
    const answer = await fetch(`${address}/api/health/ready`, { signal: AbortSignal.timeout(3000) }).catch(
      () => null,
    );
    if (answer?.ok) return;
    await sleep(150);
  }
  throw new Notice(
    `The web server did not become ready within ${readyTimeoutMs / 1000} s; its log is ${web.logFile}`,
  );
}

/** Starts the embedded database again when it dies under us; processes reconnect by themselves. */
function keepDatabase(database: Database, environment: Env): { stop(): Promise<void> } {
  let stopping = false;
  let cluster = database.cluster;
  void (async () => {
    while (cluster && !stopping) {
      await cluster.ended;
      if (stopping) return;
      process.stdout.write('The database ended and is started again\n');
      cluster = await startCluster({
        dataDir: environment.dataDir,
        dataDirIsDefault: !process.env.DATA_DIR,
      }).catch(async (error: Error) => {
        process.stdout.write(`${error.message}\n`);
        await sleep(2000);
        return cluster;
      });
    }
  })();
  return {
    async stop() {
      stopping = true;
      await cluster?.stop();
    },
  };
}

function announce(environment: Env, seconds: string): void {
  const lines = [
    '',
    `AI Stayler is running at ${environment.nextauthUrl}   (started in ${seconds} s)`,
    '',
    ...demoAccounts.map(
      ({ kind, national, password }) => `  demo ${kind.padEnd(7)} ${national}   password ${password}`,
    ),
    ...(environment.embedded.sms
      ? [`  text messages are shown at ${environment.nextauthUrl}/dev/outbox`]
      : []),
    '',
    'Ctrl-C stops everything.',
    '',
  ];
  process.stdout.write(lines.join('\n'));
}

await runScript(async () => {
  const started = Date.now();
  (process.env as Record<string, string>).NODE_ENV = 'production';
  const early = readEnv({
    ...process.env,
    DATABASE_URL: process.env.DATABASE_URL || 'postgres://localhost/none',
  });
  await requireFreePort(early.host, early.port);

  const stopRequested = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  const database = await prepareDatabase();
  const kept = keepDatabase(database, early);
  const processes: Supervised[] = [];
  try {
    // The database client is generated above; what imports it comes after.
    const { seedDemo } = await import('./seed/seed-demo.ts');
    await seedDemo();
    await Promise.race([buildWeb(), stopRequested]);
    const logs = join(env().dataDir, 'logs');
    const web = keepRunning('web', [], logs);
    processes.push(web, keepRunning('worker', [], logs));
    const stopped = stopRequested.then(() => 'stopped' as const);
    const state = await Promise.race([
      step('Starting the web server and the worker', () => untilReady(env(), web)),
      stopped,
    ]);
    if (state !== 'stopped') {
      announce(env(), ((Date.now() - started) / 1000).toFixed(1));
      await stopped;
    }
  } finally {
    process.stdout.write('\nStopping\n');
    await Promise.all(processes.map((one) => one.stop()));
    await kept.stop();
  }
  process.exit(process.exitCode ?? 0);
});
