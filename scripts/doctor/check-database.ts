import type { Client } from 'pg';
import { serverProblem } from '#lib/db/check-server.ts';
import { type MigrationState, readMigrationStatus } from '#lib/db/migration-status.ts';
import { callable } from '#lib/db/walls/rights.ts';
import { amber, type Check, green, red } from './finding.ts';

const extensions = ['btree_gist', 'pg_trgm'];

export async function checkServer(client: Client): Promise<Check> {
  const problem = await serverProblem(client);
  if (problem) return red(problem, 'See README, "Many machines".');
  const { rows } = await client.query<{ version: string }>(
    "SELECT current_setting('server_version') AS version",
  );
  return green(`PostgreSQL ${rows[0]?.version}, UTF8`);
}

export async function checkMigrations(client: Client): Promise<Check> {
  const status = await readMigrationStatus(client);
  const among = (...states: MigrationState[]) => status.filter(({ state }) => states.includes(state));
  const [open] = among('failed', 'interrupted');
  if (open) {
    return red(
      `${open.name} was begun and not finished${open.detail ? `: ${open.detail}` : ''}`,
      'Mend what it says, then run npm run db:migrate -- retry.',
    );
  }
  const missing = among('pending').length;
  if (missing > 0) return red(`${missing} migrations are missing`, 'Run npm run db:migrate.');
  const [edited] = among('changed');
  if (edited)
    return red(`${edited.name} is not what was applied`, 'Somebody edited it: bring the file back.');
  const more = among('newer').length;
  return more > 0
    ? amber(`the database has ${more} migrations of a newer release`, 'Bring this release up to date.')
    : green(`${status.length} migrations, as in this release`);
}

export async function checkExtensions(client: Client): Promise<Check> {
  const { rows } = await client.query<{ name: string }>('SELECT extname AS name FROM pg_extension');
  const used = await client.query<{ name: string }>('SELECT name FROM pg_available_extensions');
  const there = new Set(rows.map(({ name }) => name));
  const available = new Set(used.rows.map(({ name }) => name));
  const missing = extensions.filter((name) => !there.has(name) && !available.has(name));
  return missing.length === 0
    ? green(
        `extensions: ${[...there]
          .filter((name) => name !== 'plpgsql')
          .sort()
          .join(', ')}`,
      )
    : red(`the server does not offer ${missing.join(', ')}`, 'Install the contrib package of PostgreSQL.');
}

/** Whether the program's own account may do what it must, and no more than that. */
/** Whether the program works as a role that may do what it must and no more; one role for everything goes on working. */
export async function checkPermissions(client: Client): Promise<Check[]> {
  const { rows } = await client.query<{
    role: string;
    isOwner: boolean;
    isSuper: boolean;
    closed: string[];
    loose: string[];
  }>(
    `SELECT current_user AS role, (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) AS "isSuper",
            EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public' AND tablename = 'users' AND tableowner = current_user) AS "isOwner",
            ARRAY(SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
                   AND NOT relispartition AND NOT has_table_privilege(oid, 'SELECT')) AS closed,
            ARRAY(SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND NOT prosecdef
                   AND proname = ANY ($1)) AS loose`,
    [callable.filter((name) => name.startsWith('record_') || name.startsWith('activate_'))],
  );
  const [row] = rows;
  if (!row) return [red('the server does not say who we are', 'Look at DATABASE_URL.')];
  const { role, isOwner, isSuper, closed, loose } = row;
  if (isOwner || isSuper) {
    return [
      amber(
        `the program works as ${isSuper ? 'a superuser' : 'the owner of the tables'}: row-level security does not hold for it`,
        'Give it a role of its own: "Two walls" in docs/operations.md.',
      ),
    ];
  }
  const todo = 'Run npm run db:migrate with DATABASE_OWNER_URL.';
  if (closed.length > 0) return [red(`${role} may not use ${closed.slice(0, 5).join(', ')}`, todo)];
  if (loose.length > 0) return [red(`${loose.join(', ')} would run as ${role}, which may not charge`, todo)];
  return [green(`the program works as ${role}, which owns nothing`)];
}

export async function checkDurability(client: Client): Promise<Check> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')`,
  );
  const off = rows.filter(({ setting }) => setting === 'off').map(({ name }) => name);
  return off.length === 0
    ? green('what is committed is on the disk')
    : red(`${off.join(', ')} is off`, 'Payments would be lost in a power cut: turn it on.');
}

export async function checkRoom(client: Client): Promise<Check> {
  const { rows } = await client.query<{ most: number; used: number }>(
    `SELECT current_setting('max_connections')::int AS most, (SELECT count(*)::int FROM pg_stat_activity) AS used`,
  );
  const { most = 0, used = 0 } = rows[0] ?? {};
  const says = `${used} of ${most} connections are in use`;
  return used > most * 0.8
    ? amber(
        says,
        'A web process takes up to 12, a worker up to 18: raise max_connections, or put a pooler in session mode in front.',
      )
    : green(says);
}

export async function checkEncryption(client: Client): Promise<Check> {
  const { rows } = await client.query<{ ssl: boolean }>(
    'SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS ssl',
  );
  const isNear = /^(localhost|127\.|::1|\/)/.test(client.host);
  if (rows[0]?.ssl) return green('the connection is encrypted');
  return isNear
    ? green('the server is on this machine')
    : amber(
        'the connection to the database is not encrypted',
        'Add ?sslmode=verify-full, unless the network is yours alone.',
      );
}

export async function checkClock(client: Client): Promise<Check> {
  const before = Date.now();
  const { rows } = await client.query<{ ms: number }>(
    'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
  );
  const after = Date.now();
  const ms = rows[0]?.ms ?? 0;
  const skew = ms < before ? before - ms : ms > after ? ms - after : 0;
  const says = `this clock and the database's are ${(skew / 1000).toFixed(1)} s apart`;
  if (skew > 30_000) return red(says, 'Run NTP on both: signed addresses would be refused.');
  return skew > 2000 ? amber(says, 'Run NTP on both.') : green(says);
}

export async function checkWorkers(client: Client): Promise<Check[]> {
  const schema = await client.query("SELECT to_regclass('pgboss.job') AS name");
  if (!schema.rows[0]?.name) return [red('the queue was never made', 'Run npm run db:migrate.')];
  const { rows } = await client.query<{ workers: number; waiting: number; oldest: number }>(
    `SELECT (SELECT count(*)::int FROM pg_stat_activity
              WHERE datname = current_database() AND application_name = 'ai-stayler-worker') AS workers,
            count(*)::int AS waiting,
            coalesce(extract(epoch FROM clock_timestamp() - min(start_after)), 0)::int AS oldest
       FROM pgboss.job WHERE state < 'active' AND NOT blocked AND start_after <= clock_timestamp()
        AND name IN ('conversion.run', 'sms.send')`,
  );
  const { workers = 0, waiting = 0, oldest = 0 } = rows[0] ?? {};
  return [
    workers > 0
      ? green('workers are connected')
      : red('no worker is connected', 'Start one: npm run worker.'),
    oldest > 60
      ? red(`${waiting} jobs wait, the oldest for ${oldest} s`, 'Start more workers, or see why they fail.')
      : green(`${waiting} jobs wait`),
  ];
}
