import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildFolder } from '#scripts/steps/build.ts';

/** What befell one call of an action. */
type Call = {
  /** `feature.action`. */
  readonly name: string;
  readonly what: 'cut before' | 'cut after' | 'passed';
  /** What the browser sent. */
  readonly said: string;
};

export type CuttingLine = {
  /** The address of the proxy, for the browser. */
  readonly server: string;
  /** Every call of an action since the start. */
  readonly calls: readonly Call[];
  /** Cuts the first call of every action before it leaves, and the second after it was answered; until then nothing is cut. */
  begin(): void;
  /** Nothing is cut any more. */
  rest(): void;
  close(): Promise<void>;
};

/** Which action a browser means by an id. */
function namesOfActions(): ReadonlyMap<string, string> {
  const file = join(buildFolder(), 'server/server-reference-manifest.json');
  const { node } = JSON.parse(readFileSync(file, 'utf8')) as {
    node: Record<string, { filename: string; exportedName: string }>;
  };
  return new Map(
    Object.entries(node).map(([id, { filename, exportedName }]) => [
      id,
      `${/lib\/([\w-]+)\//.exec(filename)?.[1]}.${exportedName}`,
    ]),
  );
}

/**
 * A proxy between a browser and the site that loses what actions say: each of them once on its way there and once on its way
 * back, by ending the connection without a byte.
 */
export async function startCuttingLine(): Promise<CuttingLine> {
  const names = namesOfActions();
  const calls: Call[] = [];
  let isCutting = false;

  const pass = (asked: IncomingMessage, body: Buffer, answer: ServerResponse, isHeard: boolean) =>
    new Promise<void>((resolve) => {
      const up = request(
        asked.url ?? '',
        { method: asked.method, headers: { ...asked.headers, connection: 'close' } },
        (from) => {
          from.on('close', () => resolve());
          if (!isHeard) return void from.resume();
          // A browser sends again by itself what breaks on a connection that was used before.
          answer.writeHead(from.statusCode ?? 502, { ...from.headers, connection: 'close' });
          from.pipe(answer);
        },
      );
      up.on('error', () => {
        answer.destroy();
        resolve();
      });
      answer.on('close', () => up.destroy());
      up.end(body);
    });

  const server = createServer(async (asked, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of asked) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const name = names.get(String(asked.headers['next-action'] ?? ''));
    if (!name) return pass(asked, body, answer, true);
    const met = calls.filter((call) => call.name === name).length;
    const what = !isCutting ? 'passed' : (['cut before', 'cut after'] as const)[met];
    if (what === undefined || what === 'passed') {
      await pass(asked, body, answer, true);
      if (isCutting) calls.push({ name, what: 'passed', said: body.toString('latin1') });
      return;
    }
    if (what === 'cut after') await pass(asked, body, answer, false);
    calls.push({ name, what, said: body.toString('latin1') });
    asked.socket.destroy();
  });
  server.on('connect', (_request, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    begin: () => {
      isCutting = true;
    },
    rest: () => {
      isCutting = false;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
