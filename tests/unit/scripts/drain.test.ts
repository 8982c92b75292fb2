import { Agent, createServer, get, type IncomingMessage, type Server } from 'node:http';
import { expect, test } from 'vitest';
import { drain } from '#scripts/steps/drain.ts';

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

/** What came of a request: its whole text, or that it was cut or refused. */
function ask(port: number, agent?: Agent): Promise<string> {
  return new Promise((resolve) => {
    get({ port, host: '127.0.0.1', agent }, (answer: IncomingMessage) => {
      let text = '';
      answer.on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve(answer.complete ? text : 'cut'));
      answer.on('error', () => resolve('cut'));
    }).on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'failed'));
  });
}

test('under load every answer that was begun is finished, and nobody new is taken', async () => {
  const waiting: (() => void)[] = [];
  const server = createServer((_request, response) => void waiting.push(() => response.end('whole')));
  const port = await listen(server);
  const agent = new Agent({ keepAlive: true });
  const asked = Array.from({ length: 40 }, () => ask(port, agent));
  await expect.poll(() => waiting.length).toBe(40);
  const drained = drain(server, 5000);
  expect(await ask(port)).toBe('ECONNREFUSED');
  for (const answer of waiting) answer();
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['whole']));
  expect(await drained).toBe(true);
  agent.destroy();
});

test('a stream that never ends is cut when the time is up', async () => {
  const server = createServer((_request, response) => void response.write('…'));
  const asked = ask(await listen(server));
  await new Promise((resolve) => server.once('request', resolve));
  expect(await drain(server, 100)).toBe(false);
  expect(await asked).toBe('cut');
});
