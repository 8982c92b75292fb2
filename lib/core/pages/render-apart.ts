import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type ServerResponse,
} from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import { type PageRecord, recordPage } from './record.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
export type Rendered = {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly text: string;
};

const longestMs = 15_000;
const mostBytes = 4 * 1024 * 1024;

/** The framework puts pages together in another way for programs that it knows by name. */
const anyBrowser = 'Mozilla/5.0';

/**
 * Makes pages for nobody in particular: a request of our own through a server that nobody can reach, which carries the
 * address and nothing else.
 */
export class ApartRenderer {
  readonly #records = new WeakMap<Duplex, PageRecord>();
  readonly #server;

  constructor(handle: Handle) {
    this.#server = createServer((asked, response) => {
      const record = this.#records.get(asked.socket);
      if (!record) return void response.destroy();
      recordPage(record, () => handle(asked, response)).catch(() => response.destroy());
    });
  }

  /** The page as a visitor without any cookie would have it; what it shows is noted in `record`. Throws past its time. */
  async render(host: string, address: string, record: PageRecord): Promise<Rendered> {
    const [ours, theirs] = duplexPair();
    this.#records.set(theirs, record);
    try {
      return await new Promise<Rendered>((resolve, reject) => {
        const asking = request({
          createConnection: () => ours,
          path: address,
          headers: { host, 'user-agent': anyBrowser, connection: 'close' },
          signal: AbortSignal.timeout(longestMs),
        });
        asking.once('error', reject);
        asking.once('response', (answer) => void read(answer).then(resolve, reject));
        this.#server.emit('connection', theirs);
        asking.end();
      });
    } finally {
      ours.destroy();
      theirs.destroy();
    }
  }
}

async function read(answer: IncomingMessage): Promise<Rendered> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += (chunk as Buffer).length;
    if (size > mostBytes) throw new Error('the page is too long to be kept');
    chunks.push(chunk as Buffer);
  }
  return { status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString() };
}
