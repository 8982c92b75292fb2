import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { constants } from 'node:zlib';
import compression from 'compression';
import { env } from '#lib/core/env/env.ts';
import { log } from '#lib/core/log.ts';
import { holdScripts } from '#lib/core/pages/late-scripts.ts';
import { stopReporting } from '#lib/core/report/reporting.ts';
import { stopTracing } from '#lib/core/trace/tracing.ts';
import { actForRequest, actOutside } from '#lib/db/walls/acting.ts';
import { buildFolder, buildWeb, builtRelease } from './steps/build.ts';
import { openDatabase } from './steps/database.ts';
import { drain } from './steps/drain.ts';
import { printJsonOnly } from './steps/json-output.ts';
import { keepAssets } from './steps/kept-assets.ts';
import { keptPages } from './steps/kept-pages.ts';
import { requireFreePort } from './steps/port.ts';
import { Notice, runScript } from './steps/progress.ts';
import { root } from './steps/root.ts';
import { staticFiles } from './steps/static-files.ts';

const drainTimeoutMs = 10_000;

/** Packs what the framework writes, as it is written: 256 kB of it is remembered, where Brotli would take room for 4 MB. */
const pack = compression({ brotli: { params: { [constants.BROTLI_PARAM_LGWIN]: 18 } } });

/** Whether the path can be decoded. The framework would answer one that cannot as if the fault were ours. */
function isReadable(address: string): boolean {
  try {
    decodeURIComponent(address.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

/**
 * The web server as one process: next's own request handler behind node's HTTP server, so that ending it is
 * in our hands (open requests are finished, idle connections closed) and nothing is left behind it.
 */
async function serve(development: boolean): Promise<void> {
  actOutside('nobody');
  const { port, host } = env();
  await requireFreePort(host, port);
  const [own, shelf] = [join(buildFolder(), 'static'), join(env().dataDir, 'assets')];
  if (!development) {
    // The framework compares it with what a page was made by.
    process.env.NEXT_DEPLOYMENT_ID = builtRelease() ?? '';
    await keepAssets(own, shelf).catch((error: unknown) =>
      log.warn({ err: error }, 'scripts and styles were not kept'),
    );
  }
  const { default: next } = await import('next');
  // Next reads this name as the site's own origin when it judges rewrites, and writes loopback as `localhost`.
  const app = next({ dev: development, dir: root, hostname: 'localhost', port });
  await app.prepare();
  const handleByFramework = app.getRequestHandler();
  const handle = (request: IncomingMessage, response: ServerResponse) => {
    pack(request, response, () => undefined);
    if (!development) holdScripts(response);
    return handleByFramework(request, response).catch((error: unknown) => {
      log.error({ err: error }, 'request failed');
      if (!response.headersSent) response.writeHead(500).end();
      else response.destroy();
    });
  };
  const answerStatic = development ? () => false : staticFiles(own, shelf, join(root, 'public'));
  const answerKept = development ? () => false : keptPages(handle);
  const server = createServer(
    { requestTimeout: 300_000, headersTimeout: 20_000 },
    (request: IncomingMessage, response: ServerResponse) =>
      actForRequest(() => {
        if (!isReadable(request.url ?? '/')) {
          response.writeHead(400, { connection: 'close' }).end();
          return;
        }
        if (answerStatic(request, response) || answerKept(request, response)) return;
        void handle(request, response);
      }),
  );
  server.on('upgrade', app.getUpgradeHandler());
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  log.info({ host, port }, 'web server listens');

  await new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
  });
  log.info('web server stops');
  if (!(await drain(server, drainTimeoutMs))) log.warn('some answers were cut short');
  await Promise.all([stopTracing(), stopReporting()]);
}

await runScript(async () => {
  const development = process.argv.includes('--dev');
  if (!development) {
    (process.env as Record<string, string>).NODE_ENV = 'production';
    printJsonOnly();
  }
  const supervised = Boolean(process.send);
  const database = await openDatabase();
  if (!development && !supervised) await buildWeb();
  try {
    await serve(development);
  } catch (error) {
    if (error instanceof Notice && supervised) log.error(error.message);
    throw error;
  } finally {
    await database.stop();
  }
  process.exit(process.exitCode ?? 0);
});
