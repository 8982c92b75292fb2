import type { ClientBase } from 'pg';
import { readMigrations } from './migration-files.ts';

/**
 * `pending`: not begun. `interrupted`: begun, and its process is gone. `failed`: the server refused it. `changed`: its
 * text on disk is not what was applied. `newer`: applied by a release that has it while this one does not.
 */
export type MigrationState = 'applied' | 'pending' | 'interrupted' | 'failed' | 'changed' | 'newer';

export type MigrationStatus = {
  readonly name: string;
  readonly state: MigrationState;
  /** When it was finished, else when it was begun; null before that. */
  readonly at: Date | null;
  /** What the server said, in one line. */
  readonly detail: string | null;
};

type Row = { name: string; checksum: string; startedAt: Date; finishedAt: Date | null; logs: string | null };

function stateOf({ finishedAt, logs, checksum }: Row, expected: string | undefined): MigrationState {
  if (!finishedAt) return logs === null ? 'interrupted' : 'failed';
  if (expected === undefined) return 'newer';
  return checksum === expected ? 'applied' : 'changed';
}

/** How every migration stands that this release or the database knows, in their order. Only reads. */
export async function readMigrationStatus(client: ClientBase): Promise<readonly MigrationStatus[]> {
  const known = new Map((await readMigrations()).map(({ name, checksum }) => [name, checksum]));
  const table = await client.query<{ name: string | null }>(
    "SELECT to_regclass('_prisma_migrations') AS name",
  );
  const { rows } = table.rows[0]?.name
    ? await client.query<Row>(
        `SELECT migration_name AS name, checksum, started_at AS "startedAt", finished_at AS "finishedAt", logs
           FROM _prisma_migrations WHERE rolled_back_at IS NULL`,
      )
    : { rows: [] };
  const begun = new Map(rows.map((row) => [row.name, row]));
  return [...new Set([...known.keys(), ...begun.keys()])].sort().map((name): MigrationStatus => {
    const row = begun.get(name);
    if (!row) return { name, state: 'pending', at: null, detail: null };
    const detail = row.logs?.split('\n')[0] ?? null;
    return { name, state: stateOf(row, known.get(name)), at: row.finishedAt ?? row.startedAt, detail };
  });
}
