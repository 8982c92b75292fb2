import type pg from 'pg';

/** A database that tests and benches fill and ask. */
export type TestDatabase = {
  readonly url: string;
  /** Runs one statement on a pool of this database. */
  query<Row extends pg.QueryResultRow = pg.QueryResultRow>(text: string, values?: unknown[]): Promise<Row[]>;
  /** A connection of its own, for transactions and locks. Ended with the database. */
  connect(): Promise<pg.Client>;
  drop(): Promise<void>;
};

/** The only row of an answer; throws when there is none, or more. */
export function one<T>(rows: readonly T[]): T {
  const [row] = rows;
  if (row === undefined || rows.length !== 1) throw new Error(`One row was expected, not ${rows.length}.`);
  return row;
}
