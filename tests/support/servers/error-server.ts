import { createServer, type IncomingHttpHeaders } from 'node:http';

type Arrived = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string };

/** A server that takes envelopes as Sentry does, and keeps everything that arrives. */
export async function createErrorServer() {
  const arrived: Arrived[] = [];
  let status = 200;
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    arrived.push({ path: request.url ?? '', headers: request.headers, body });
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    dsn: `http://abc123@127.0.0.1:${port}/prefix/42`,
    arrived,
    /** The events among it. */
    events: () =>
      arrived.flatMap(({ body }) => {
        const [, item = '{}', event = '{}'] = body.split('\n');
        return (JSON.parse(item) as { type: string }).type === 'event'
          ? [JSON.parse(event) as Record<string, unknown>]
          : [];
      }),
    answer: (next: number) => {
      status = next;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
