import { log } from '#lib/core/log.ts';
import { stopReporting } from '#lib/core/report/reporting.ts';
import { stopTracing } from '#lib/core/trace/tracing.ts';
import { openDatabase } from './steps/database.ts';
import { printJsonOnly } from './steps/json-output.ts';
import { runScript } from './steps/progress.ts';

process.env.SERVICE_NAME ??= 'worker';

await runScript(async () => {
  printJsonOnly();
  const database = await openDatabase();
  const { env } = await import('#lib/core/env/env.ts');
  const { otlpEndpoint, workerPort, host, partsModel } = env();
  (await import('#lib/core/start-reporting.ts')).startReporting(env());
  if (partsModel) await (await import('#lib/styles/parts-model/read-file.ts')).requirePartsModel(partsModel);
  if (otlpEndpoint)
    await (await import('#lib/core/trace/start-tracing.ts')).startTracing('worker', otlpEndpoint);
  const { startWorker } = await import('#lib/worker/start-worker.ts');
  const worker = await startWorker();
  const { serveWorker } = await import('#lib/worker/serve-worker.ts');
  const door = workerPort ? await serveWorker(host, workerPort) : null;
  log.info('worker takes jobs');
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
  });
  log.info('worker finishes its jobs');
  await worker.stop();
  await door?.stop();
  await Promise.all([stopTracing(), stopReporting()]);
  await database.stop();
  process.exit(0);
});
