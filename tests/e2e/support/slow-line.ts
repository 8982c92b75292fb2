import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export type SlowLine = { readonly address: string; close(): Promise<void> };

/**
 * A proxy between a browser and the site whose answers share a line of so many bytes a second: a line that is slow, not one
 * of which the browser is told that it is.
 *
 * @param site Address of the site.
 * @param bytesPerSecond Of the answers; what is asked passes at once.
 */
export async function startSlowLine(site: string, bytesPerSecond: number): Promise<SlowLine> {
  const piece = 4096;
  let freeAt = 0;
  /** Waits until so many bytes are through: one after the other, whosever they are. */
  const pass = (bytes: number) => {
    freeAt = Math.max(Date.now(), freeAt) + (bytes / bytesPerSecond) * 1000;
    return new Promise((resolve) => setTimeout(resolve, freeAt - Date.now()));
  };
  const server = createServer((asked, answer) => {
    const up = request(
      new URL(asked.url ?? '/', site),
      { method: asked.method, headers: asked.headers },
      async (from) => {
        answer.writeHead(from.statusCode ?? 502, from.headers);
        try {
          for await (const chunk of from as AsyncIterable<Buffer>) {
            for (let at = 0; at < chunk.length; at += piece) {
              const part = chunk.subarray(at, at + piece);
              await pass(part.length);
              answer.write(part);
            }
          }
          answer.end();
        } catch {
          answer.destroy();
        }
      },
    );
    up.on('error', () => answer.destroy());
    answer.on('close', () => up.destroy());
    asked.pipe(up);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
