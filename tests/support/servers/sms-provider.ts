import { createServer } from 'node:http';

type Received = {
  readonly url: string;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
};
/** What the provider does with the next request: an answer, nothing for ever, or an ended connection. */
export type Turn = { readonly status: number; readonly body: unknown } | 'hang' | 'hang up';

export type SmsProvider = {
  readonly url: string;
  readonly received: Received[];
  /** What it does from now on. */
  answer(turn: Turn): void;
  /** What it does with each of the next requests. */
  script(...turns: readonly Turn[]): void;
  close(): Promise<void>;
};

/** A provider of text messages on this machine that does as it is told. */
export async function createSmsProvider(): Promise<SmsProvider> {
  let next: Turn = 'hang up';
  const scripted: Turn[] = [];
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const turn = scripted.shift() ?? next;
    let body = '';
    for await (const chunk of request) body += chunk;
    received.push({ url: request.url ?? '', headers: request.headers, body });
    if (turn === 'hang') return;
    if (turn === 'hang up') return void request.socket.destroy();
    const text = typeof turn.body === 'string' ? turn.body : JSON.stringify(turn.body);
    response.writeHead(turn.status, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    answer: (turn) => {
      next = turn;
    },
    script: (...turns) => {
      scripted.splice(0, scripted.length, ...turns);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export const kavenegarAnswer = (status: number, httpStatus = 200): Turn => ({
  status: httpStatus,
  body: { return: { status, message: 'x' }, entries: status === 200 ? [{ messageid: 1, status: 5 }] : null },
});

export const smsIrAnswer = (status: number, httpStatus = 200): Turn => ({
  status: httpStatus,
  body: { status, message: 'x', data: status === 1 ? { messageId: 1, cost: 1 } : null },
});
