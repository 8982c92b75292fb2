import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Balancer = {
  readonly url: string;
  add(server: string): void;
  /** Sends nothing new there; what is under way is finished. */
  remove(server: string): void;
  stop(): Promise<void>;
};

/**
 * A load balancer as one stands in front of several web servers: each request to the next server, and to the one after it
 * when a server cannot be reached at all. What was sent is never sent again.
 */
export async function startBalancer(servers: readonly string[]): Promise<Balancer> {
  const pool = [...servers];
  const agent = new Agent({ keepAlive: false });
  let turn = 0;

  async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }

  function pass(incoming: IncomingMessage, body: Buffer, response: ServerResponse, tries: number): void {
    turn += 1;
    const server = pool[turn % pool.length];
    if (!server || tries === 0) {
      response.writeHead(502).end();
      return;
    }
    let isConnected = false;
    const { hostname, port } = new URL(server);
    const onward = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers, agent },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    onward.on('socket', (socket) => socket.once('connect', () => (isConnected = true)));
    onward.on('error', () => {
      if (!isConnected) pass(incoming, body, response, tries - 1);
      else if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
    onward.end(body);
  }

  const server = createServer((incoming, response) => {
    void bodyOf(incoming).then((body) => pass(incoming, body, response, pool.length));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    add: (url) => void pool.push(url),
    remove: (url) => void pool.splice(pool.indexOf(url), 1),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
