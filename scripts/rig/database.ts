import pg from 'pg';

/** A database that tests and benches fill and ask. */
export type TestDatabase = {
  readonly url: string;
  /** Runs one statement on a pool of this database. */
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** A connection of its own, for transactions and locks. Ended with the database. */
  connect(): Promise<pg.Client>;
  drop(): Promise<void>;
};

/** Works on a database that is there; `drop` closes what was opened and leaves the database. */
export function testDatabaseAt(url: string): TestDatabase {
  const pool = new pg.Pool({ connectionString: url, max: 4 });
  // The server ends what is still open when a database is dropped.
  pool.on('error', () => undefined);
  const clients: pg.Client[] = [];
  return {
    url,
    query: async <Row extends pg.QueryResultRow>(text: string, values?: unknown[]) =>
      (await pool.query<Row>(text, values)).rows,
    connect: async () => {
      const client = new pg.Client({ connectionString: url });
      client.on('error', () => undefined);
      await client.connect();
      clients.push(client);
      return client;
    },
    drop: async () => {
      await Promise.allSettled([pool.end(), ...clients.map((client) => client.end())]);
    },
  };
}

/** The only row of an answer; throws when there is none, or more. */
export function one<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined || rows.length !== 1) throw new Error(`One row was expected, not ${rows.length}.`);
  return row;
}
