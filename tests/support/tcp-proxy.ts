import { createServer, type Server, type Socket, connect as toServer } from 'node:net';
import { statementReader } from './read-statements.ts';

type Direction = 'up' | 'down';

/** One client of the proxy, with what it said since its last BEGIN. */
export type Conversation = {
  readonly id: number;
  said: string;
  /** The server has said that it is ready for more: what was asked last is over, and committed if it commits. */
  isAnswered: boolean;
  /** Nothing passes in either direction any more, and nobody is told: a line that was cut far away. */
  isSilent: boolean;
  end(): void;
};

/**
 * Looks at what is on its way; it goes on when the promise settles. `text` is the statements on the way up, each with a NUL
 * after it, and what the server sends as it is on the way down.
 */
type Watch = (conversation: Conversation, direction: Direction, text: string) => Promise<void> | void;

export type TcpProxy = {
  /** The same connection string through the proxy. */
  readonly url: string;
  readonly conversations: ReadonlySet<Conversation>;
  watch(watch: Watch): void;
  /** Every line that `which` names goes silent. Answers how many those were. */
  silence(which: (conversation: Conversation) => boolean): number;
  close(): Promise<void>;
};

/** Enough of a conversation to know a transaction by. */
const rememberedBytes = 64 * 1024;

/** What the server says when a statement is over (protocol 3.0, "ReadyForQuery"); before that nothing is committed. */
const readyForQuery = ['I', 'T', 'E'].map((status) => `Z\0\0\0\x05${status}`);

/** Whether a client's statements commit: by that word, or by themselves, which they say at their end (`lib/db/transact.ts`). */
export const isCommit = (statements: string): boolean => /\bCOMMIT( \*\/)?\0/.test(statements);

function remember(conversation: Conversation, text: string): void {
  const begin = text.lastIndexOf('BEGIN');
  const said = begin < 0 ? conversation.said + text : text.slice(begin);
  conversation.said = said.slice(-rememberedBytes);
}

/** Carries bytes one way, in order, each chunk only after `look` has let it pass. */
function carry(from: Socket, to: Socket, look: (chunk: Buffer) => Promise<boolean>): void {
  let last = Promise.resolve();
  from.on('data', (chunk: Buffer) => {
    from.pause();
    last = last.then(async () => {
      if (!(await look(chunk))) return;
      if (!to.destroyed) to.write(chunk);
      from.resume();
    });
  });
}

/** A small TCP proxy before a database, which can look into lines, hold them up and cut them without a word. */
export async function createTcpProxy(databaseUrl: string, port = 0): Promise<TcpProxy> {
  const target = new URL(databaseUrl);
  const conversations = new Set<Conversation>();
  let watch: Watch = () => undefined;
  let made = 0;
  const server: Server = createServer((client) => {
    made += 1;
    const upstream = toServer(Number(target.port), target.hostname);
    const end = () => {
      client.destroy();
      upstream.destroy();
      conversations.delete(conversation);
    };
    const conversation: Conversation = { id: made, said: '', isAnswered: false, isSilent: false, end };
    conversations.add(conversation);
    const read = statementReader();
    let tail = '';
    const look = (direction: Direction) => async (chunk: Buffer) => {
      if (conversation.isSilent) return false;
      const isUp = direction === 'up';
      const text = isUp
        ? read(chunk)
            .map((one) => `${one}\0`)
            .join('')
        : chunk.toString('latin1');
      if (isUp) {
        remember(conversation, text);
        if (text) conversation.isAnswered = false;
      } else {
        if (readyForQuery.some((said) => (tail + text).includes(said))) conversation.isAnswered = true;
        tail = (tail + text).slice(-5);
      }
      await watch(conversation, direction, text);
      return !conversation.isSilent;
    };
    carry(client, upstream, look('up'));
    carry(upstream, client, look('down'));
    for (const socket of [client, upstream]) {
      socket.setNoDelay(true);
      socket.on('error', () => undefined);
      // A line that is half open stays so on the other side.
      socket.on('close', () => conversation.isSilent || end());
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === 'object' && address ? address.port : 0);
  return {
    url: url.href,
    conversations,
    watch: (next) => {
      watch = next;
    },
    silence: (which) => {
      const named = [...conversations].filter((one) => !one.isSilent && which(one));
      for (const one of named) one.isSilent = true;
      return named.length;
    },
    close: async () => {
      for (const one of conversations) one.end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/**
 * Meets the COMMIT of the first transaction that said `mark`: before the server hears it, or after it was done and before
 * anybody is told. It is held and never goes on, or its line is cut; settles when that has happened.
 */
export function meetCommit(
  proxy: TcpProxy,
  mark: string,
  when: 'before' | 'after',
  andThen: 'hold' | 'cut' = 'hold',
): Promise<void> {
  return new Promise((resolve) => {
    let met: Conversation | null = null;
    let isOver = false;
    const strike = (conversation: Conversation) => {
      isOver = true;
      resolve();
      if (andThen === 'cut') conversation.end();
      return andThen === 'hold' ? new Promise<void>(() => undefined) : undefined;
    };
    proxy.watch(async (conversation, direction, text) => {
      if (isOver) return;
      const isMeant = direction === 'up' && isCommit(text) && conversation.said.includes(mark);
      if (isMeant && !met) {
        met = conversation;
        return when === 'before' ? strike(conversation) : undefined;
      }
      if (met === conversation && direction === 'down' && conversation.isAnswered)
        return strike(conversation);
    });
  });
}
