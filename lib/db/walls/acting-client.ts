import pg from 'pg';
import { BoundedClient } from '../connection.ts';
import { actingNow } from './acting.ts';

/** The parts of the driver that its types leave out. */
type Wire = {
  readonly stream: { cork(): void; uncork(): void };
  parse(message: { text: string }): void;
  bind(message: { statement?: string; values: string[] }): void;
  execute(message: object): void;
};
type Ask = {
  queryMode?: string;
  callback?: (error: Error | null, result: unknown) => void;
  submit(wire: Wire): Error | null;
  handleDataRow(message: unknown): void;
  handleCommandComplete(message: unknown, wire: Wire): void;
};
type Asked = { readonly text: string; readonly values?: readonly unknown[] };

const setting = "SELECT set_config('app.account', $1, true)";
const preparedAs = 'act';

/**
 * Writes who acts before a statement, both before one Sync: the server takes them as one transaction, so the setting is
 * gone with it and costs no round trip; nor does it matter which server connection a pooler gives to the next one.
 */
function writeBefore(ask: Ask, account: string, isNamed: boolean): void {
  ask.queryMode = 'extended';
  const { submit, handleDataRow, handleCommandComplete } = ask;
  let isSet = false;
  ask.submit = (wire) => {
    wire.stream.cork();
    try {
      if (!isNamed) wire.parse({ text: setting });
      wire.bind({ ...(isNamed && { statement: preparedAs }), values: [account] });
      wire.execute({});
      return submit.call(ask, wire);
    } finally {
      wire.stream.uncork();
    }
  };
  // The first answer is that of the setting, and nobody's.
  ask.handleDataRow = (message) => isSet && handleDataRow.call(ask, message);
  ask.handleCommandComplete = (message, wire) => {
    if (isSet) handleCommandComplete.call(ask, message, wire);
    else isSet = true;
  };
}

/** A client that tells the server with every statement, or once a transaction, for whom it asks ({@link actingNow}). */
function actingClient(isPooled: boolean): typeof BoundedClient {
  return class ActingClient extends BoundedClient {
    /** Who acts in the transaction that is open; a transaction may change it half-way. */
    #inTransaction = '';

    constructor(config?: ConstructorParameters<typeof BoundedClient>[0]) {
      super(config);
      const send = this.query.bind(this) as (...given: unknown[]) => unknown;
      this.query = ((...given: unknown[]) => this.#ask(send, given)) as typeof this.query;
    }

    #ask(send: (...given: unknown[]) => unknown, given: unknown[]): unknown {
      const [asked] = given;
      // Only what Prisma and `askOften` send; what is written while connecting is nobody's.
      if (!asked || typeof asked !== 'object' || !('text' in asked)) return send(...given);
      const account = actingNow();
      const { text } = asked as Asked;
      if (text === 'BEGIN') {
        this.#inTransaction = account;
        if (account === '') return send(...given);
        const both = send({ text: `BEGIN; SELECT set_config('app.account', '${account}', true)` });
        return (both as Promise<unknown[]>).then(([begun]) => begun);
      }
      const status = this.getTransactionStatus();
      const isOpen = status === 'T';
      // A transaction that has failed takes nothing but its end, and neither end needs anybody.
      const isEnd = text === 'COMMIT' || text === 'ROLLBACK';
      if (status === 'E' || isEnd || account === (isOpen ? this.#inTransaction : '')) return send(...given);
      if (isOpen) this.#inTransaction = account;
      return this.#askAs(send, account, asked as Asked);
    }

    #askAs(send: (...given: unknown[]) => unknown, account: string, asked: Asked): Promise<unknown> {
      const query = new pg.Query(asked as unknown as pg.QueryConfig) as unknown as Ask;
      writeBefore(query, account, !isPooled);
      return new Promise((resolve, reject) => {
        query.callback = (error, result) => {
          if (error) reject(error);
          else resolve(result);
          if (error) this.giveUpIfStale(error);
        };
        send(query);
      });
    }
  };
}

/** The options by which a pool's connections say for whom they ask. */
export function actingOptions(isPooled: boolean): Pick<pg.PoolConfig, 'Client' | 'onConnect'> {
  return {
    Client: actingClient(isPooled),
    ...(!isPooled && {
      // Once a connection, so that a statement whose own parsing fails is not taken for this one's answer.
      onConnect: async (client: pg.ClientBase) => {
        await client.query(`PREPARE ${preparedAs} (text) AS ${setting}`);
      },
    }),
  };
}

/**
 * Has a pool ask in the context of its caller: the driver's own `query` goes on in that of whoever gave the connection
 * back, and would ask for somebody else.
 */
export function askInOwnContext(pool: pg.Pool): pg.Pool {
  pool.query = (async (...given: [unknown]) => {
    const client = await pool.connect();
    // A connection that breaks says so twice: to who asked, and to who listens.
    const ignore = () => undefined;
    client.on('error', ignore);
    try {
      const answer = await (client.query as (...sent: [unknown]) => Promise<unknown>)(...given);
      client.off('error', ignore);
      client.release();
      return answer;
    } catch (error) {
      client.release(error as Error);
      throw error;
    }
  }) as unknown as typeof pool.query;
  return pool;
}
