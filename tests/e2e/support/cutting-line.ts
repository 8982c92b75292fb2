import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buildFolder } from '#scripts/steps/build.ts';

/** How a call is lost: on its way there, or on its way back. */
export type Cut = 'cut before' | 'cut after';

/** What befell one call of an action. */
type Call = {
  /** `feature.action`. */
  readonly name: string;
  readonly what: Cut | 'passed';
  /** What the browser sent. */
  readonly said: string;
};

export type CuttingLine = {
  /** The address of the proxy, for the browser. */
  readonly server: string;
  /** The calls of that action since then. */
  readonly calls: readonly Call[];
  /** Cuts the next calls of this action, each so; until then nothing is cut. */
  begin(action: string, cuts: readonly Cut[]): void;
  /** Nothing is cut any more. */
  rest(): void;
  close(): Promise<void>;
};

/** What was sent, without the words that a browser makes up for each sending to divide its parts. */
const wordsOf = (body: Buffer) => body.toString('latin1').replaceAll(/-{4}WebKitFormBoundary\w+/g, '');

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
 * A proxy between a browser and the site that loses what an action says: once on its way there and once on its way
 * back, by ending the connection without a byte.
 */
export async function startCuttingLine(): Promise<CuttingLine> {
  const names = namesOfActions();
  const calls: Call[] = [];
  let cutting = '';
  let toCut: readonly Cut[] = [];

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
    if (name !== cutting) return pass(asked, body, answer, true);
    const what = toCut[calls.length];
    if (!what) {
      await pass(asked, body, answer, true);
      calls.push({ name, what: 'passed', said: wordsOf(body) });
      return;
    }
    if (what === 'cut after') await pass(asked, body, answer, false);
    calls.push({ name, what, said: wordsOf(body) });
    asked.socket.destroy();
  });
  server.on('connect', (_request, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    begin: (action, cuts) => {
      calls.length = 0;
      cutting = action;
      toCut = cuts;
    },
    rest: () => {
      cutting = '';
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
