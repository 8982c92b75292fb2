import { Socket } from 'node:net';
import pg from 'pg';
import { isPooledByTransaction } from './statement-names.ts';

/** How long the parts of a conversation with the database may take, in milliseconds. */
export type Patience = {
  /** To get a connection: from the pool, or from the server. */
  readonly connectMs: number;
  /** For a row or table that another transaction holds. The server ends it: 55P03. */
  readonly lockMs: number;
  /** For one statement. The server ends it: 57014. */
  readonly statementMs: number;
  /** Between two statements of one transaction. The server ends the connection: 25P03. */
  readonly idleMs: number;
  /** For any answer at all. We end the connection: nobody, not even the server, is there any more. */
  readonly silentMs: number;
};

/**
 * `short` is for everything a person may wait for: a connection and then a row together take less than the five seconds in
 * which a crowded server says so. `long` is for jobs that read a great deal. The server is given a
 * little less than we wait ourselves: a server that answers at all answers in time.
 */
export const patience = {
  short: { connectMs: 2_500, lockMs: 2_000, statementMs: 5_000, idleMs: 10_000, silentMs: 6_000 },
  long: { connectMs: 8_000, lockMs: 5_000, statementMs: 300_000, idleMs: 60_000, silentMs: 310_000 },
} as const satisfies Record<string, Patience>;

type BoundedConfig = pg.ClientConfig & { readonly silentMs?: number };

/**
 * A client that ends its connection when a query has had no answer for `silentMs`. A line can go dead without a word:
 * a cable, a firewall that forgets, a server that stops. TCP itself notices after a quarter of an hour; `query_timeout`
 * of the driver only gives the query up and leaves the connection to the next one.
 */
export class BoundedClient extends pg.Client {
  readonly #socket: Socket;

  constructor(config: BoundedConfig = {}) {
    const socket = new Socket();
    super({ ...config, stream: () => socket });
    this.#socket = socket;
    const { silentMs } = config;
    if (silentMs === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const send = this.query.bind(this) as (...given: unknown[]) => unknown;
    const ask = (...given: unknown[]) => {
      clearTimeout(timer);
      timer = setTimeout(() => socket.destroy(new SilentConnection(silentMs)), silentMs);
      const answer = send(...given);
      if (answer instanceof Promise) answer.catch((error: unknown) => this.giveUpIfStale(error));
      return answer;
    };
    this.query = ask as typeof this.query;
    this.on('drain', () => clearTimeout(timer));
    this.on('end', () => clearTimeout(timer));
  }

  /** After a plan that was too old: the connection's other plans may be as old, so the pool opens another one. */
  giveUpIfStale(error: unknown): void {
    if (isStalePlan(error)) this.#socket.destroy();
  }
}

const serverSettings = (waits: Patience) => ({
  lock_timeout: waits.lockMs,
  statement_timeout: waits.statementMs,
  idle_in_transaction_session_timeout: waits.idleMs,
});

/** What the role that the program signs in as begins each connection with, in milliseconds. */
export const roleSettings = serverSettings(patience.short);

/** A query had no answer: the connection was given up. */
class SilentConnection extends Error {
  readonly code = 'ETIMEDOUT';
  constructor(silentMs: number) {
    super(`the database did not answer within ${silentMs} ms; the connection is given up`);
  }
}

/** A table was changed since a statement was prepared, and it would answer other columns now. */
function isStalePlan(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return code === '0A000' && String(message).includes('cached plan');
}

/**
 * The options of every connection of ours, for a client or a pool: each wait has an end. A pooler in transaction mode takes no
 * settings of a connection: behind one the role has them ({@link roleSettings}), given by `settleRights`.
 */
export function connectionOptions(connectionString: string, waits: Patience): BoundedConfig {
  return {
    connectionString,
    connectionTimeoutMillis: waits.connectMs,
    ...(isPooledByTransaction(connectionString) ? {} : serverSettings(waits)),
    silentMs: waits.silentMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
  };
}
