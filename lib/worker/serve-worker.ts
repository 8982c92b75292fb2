import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { log } from '#lib/core/log.ts';
import { checkReadiness } from '#lib/operations/check-readiness.ts';
import { collectMetrics } from '#lib/operations/metrics/collect-metrics.ts';
import { mayScrape } from '#lib/operations/metrics/may-scrape.ts';
import { recordPeerAddresses } from '#lib/rate-limit/peer-address.ts';

type WorkerAnswer = { readonly status: number; readonly type: string; readonly body: string };

const json = (status: number, body: unknown): WorkerAnswer => ({
  status,
  type: 'application/json',
  body: JSON.stringify(body),
});

async function answerTo(request: IncomingMessage): Promise<WorkerAnswer> {
  if (request.url === '/live') return json(200, { status: 'live' });
  if (request.url === '/ready') {
    const readiness = await checkReadiness();
    return json(readiness.status === 'not ready' ? 503 : 200, readiness);
  }
  if (request.url !== '/metrics') return json(404, { status: 'not found' });
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
  if (!mayScrape(headers)) return json(401, { status: 'not allowed' });
  const { contentType, text } = await collectMetrics();
  return { status: 200, type: contentType, body: text };
}

/**
 * What a worker tells of itself over HTTP: `/live`, `/ready` and `/metrics`, as the web process does at its own
 * addresses. Nothing else is served.
 */
export async function serveWorker(
  host: string,
  port: number,
): Promise<{ port: number; stop(): Promise<void> }> {
  recordPeerAddresses();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void answerTo(request)
      .catch((error: unknown) => {
        log.error({ err: error }, 'a question to the worker was not answered');
        return json(500, { status: 'failed' });
      })
      .then(({ status, type, body }) =>
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body),
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
