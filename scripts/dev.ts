import { join } from 'node:path';
import { env } from '#lib/core/env/env.ts';
import { requireFreePort } from './steps/port.ts';
import { prepareDatabase } from './steps/prepare.ts';
import { runScript } from './steps/progress.ts';
import { keepRunning } from './steps/supervise.ts';

await runScript(async () => {
  const database = await prepareDatabase();
  const { host, port, dataDir, nextauthUrl } = env();
  await requireFreePort(host, port);
  const { seedDemo } = await import('./seed/seed-demo.ts');
  await seedDemo();
  const logs = join(dataDir, 'logs');
  const processes = [keepRunning('web', ['--dev'], logs), keepRunning('worker', [], logs)];
  process.stdout.write(`\nDevelopment server: ${nextauthUrl}   logs: ${logs}\n`);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  await Promise.all(processes.map((one) => one.stop()));
  await database.stop();
  process.exit(0);
});
