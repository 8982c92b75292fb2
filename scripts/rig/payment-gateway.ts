import { createServer } from 'node:http';
import type { GatewayName } from '#lib/core/env/payment-env.ts';
import { faultEndpoint } from '#lib/payments/emulator/faces.ts';
import { handleEmulator } from '#lib/payments/emulator/handle-request.ts';
import { emulatorPaths } from '#lib/payments/emulator/path.ts';
import { controlToken } from '#lib/payments/emulator/serve-control.ts';
import type { Settings } from '#lib/payments/emulator/settings.ts';

/** The emulator over HTTP on this machine, beside the program and not inside it. */
export type GatewayServer = {
  readonly name: GatewayName;
  readonly url: string;
  readonly base: string;
  /** Asks its control interface; answers with its JSON. */
  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
  /** Lets the next calls of an operation go wrong, in order. */
  fault(endpoint: string, ...faults: { kind: string; [more: string]: unknown }[]): Promise<void>;
  set(settings: Partial<Settings>): Promise<void>;
  /** Pays or fails at the bank without a browser; answers with where the payer would be sent. */
  pay(authority: string, outcome?: 'paid' | 'failed'): Promise<URL>;
  force(authority: string, status: string): Promise<void>;
  advance(seconds: number): Promise<void>;
  statusOf(authority: string): Promise<string>;
  /** How often an operation was called, about one authority or at all. */
  count(endpoint: string, authority?: string): Promise<number>;
  reset(): Promise<void>;
  close(): Promise<void>;
};

/** Starts it. Call it when the environment and the database of the test are there. */
export async function startGateway(port = 0, name: GatewayName = 'zarinpal'): Promise<GatewayServer> {
  const base = emulatorPaths[name];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const hasBody = incoming.method !== 'GET' && incoming.method !== 'HEAD' && chunks.length > 0;
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    const request = new Request(`http://127.0.0.1${incoming.url}`, {
      method: incoming.method ?? 'GET',
      headers: {
        ...(Object.fromEntries(
          Object.entries(incoming.headers).filter(([, value]) => typeof value === 'string'),
        ) as Record<string, string>),
        'x-peer-address': incoming.socket.remoteAddress ?? '',
      },
      signal: gone.signal,
      ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
    });
    try {
      const response = await handleEmulator(request, name);
      const body = Buffer.from(await response.arrayBuffer());
      outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(body);
    } catch {
      incoming.socket.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

  const control: GatewayServer['control'] = async (method, path, body) => {
    const response = await fetch(`${url}${base}/__emu/${path}`, {
      method,
      headers: { authorization: `Bearer ${controlToken()}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`the emulator's control said ${response.status}: ${text}`);
    return JSON.parse(text);
  };
  return {
    name,
    url,
    base: `${url}${base}`,
    control,
    fault: async (endpoint, ...faults) => {
      await control(
        'POST',
        'faults',
        faults.map((fault) => ({ endpoint, ...fault })),
      );
    },
    set: async (settings) => {
      await control('POST', 'settings', settings);
    },
    pay: async (authority, outcome = 'paid') => {
      const paid = (await control('POST', `sessions/${authority}/pay`, { outcome })) as {
        callbackUrl: string;
      };
      return new URL(paid.callbackUrl);
    },
    force: async (authority, status) => {
      await control('POST', `sessions/${authority}`, { status });
    },
    advance: async (seconds) => {
      await control('POST', 'clock', { seconds });
    },
    statusOf: async (authority) =>
      ((await control('GET', `sessions/${authority}`)) as { status: string }).status,
    count: async (endpoint, authority) =>
      ((await control('GET', 'requests')) as { endpoint: string; authority: string | null }[]).filter(
        (one) =>
          one.endpoint === faultEndpoint(name, endpoint) &&
          (authority === undefined || one.authority === authority),
      ).length,
    reset: async () => {
      await control('DELETE', '');
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
