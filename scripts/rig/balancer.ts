import { createServer, type Socket, connect as toServer } from 'node:net';

export type Balancer = { readonly port: number; close(): Promise<void> };

/** So long a server that refused is not tried again. */
const leftAloneMs = 1000;

/**
 * Passes each connection to one of these ports of this machine, in turn, and to the next where one refuses: what stands in front of
 * two of anything. A connection that breaks, breaks for its client.
 */
export async function startBalancer(ports: readonly number[]): Promise<Balancer> {
  let turn = 0;
  const refusedAt = new Map<number, number>();
  const open = new Set<Socket>();

  function pass(client: Socket, tried: readonly number[]): void {
    const left = ports.filter((port) => !tried.includes(port));
    const well = left.filter((port) => Date.now() - (refusedAt.get(port) ?? 0) > leftAloneMs);
    turn += 1;
    const among = well.length > 0 ? well : left;
    const port = among[turn % Math.max(1, among.length)];
    if (port === undefined) return void client.destroy();
    const server = toServer(port, '127.0.0.1');
    server.once('connect', () => {
      server.removeAllListeners('error');
      for (const [one, other] of [
        [client, server],
        [server, client],
      ] as const) {
        one.once('error', () => other.destroy());
        one.once('close', () => other.destroy());
      }
      client.pipe(server).pipe(client);
    });
    server.once('error', () => {
      refusedAt.set(port, Date.now());
      pass(client, [...tried, port]);
    });
  }

  const front = createServer({ pauseOnConnect: true }, (client) => {
    open.add(client);
    client.once('close', () => open.delete(client));
    client.on('error', () => undefined);
    pass(client, []);
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => front.once('listening', resolve));
  const address = front.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    async close() {
      for (const client of open) client.destroy();
      await new Promise((resolve) => front.close(resolve));
    },
  };
}
