import pg from 'pg';
import { callable, guarded, open, plain, readable, roles } from './rights.ts';

/** Whether the two roles are there and what they may do was applied; `no-roles` where the owner may not make roles. */
export type Settled = 'settled' | 'no-roles';

type SettleOptions = {
  /** Connects as the owner of the tables. */
  readonly ownerUrl: string;
  /** How the program connects; its role is made with this password if it is not there, and becomes a member. */
  readonly appUrl?: string | undefined;
  /** The same for the role that only reads. */
  readonly readUrl?: string | undefined;
  /** Whether the emulated payment gateway may make its own schema. */
  readonly withEmulator?: boolean;
};

/** Two at once would both make the roles. */
const settleLock = 727_100_317;
const insufficientPrivilege = '42501';

const quoted = (names: readonly string[]) => names.map((name) => pg.escapeIdentifier(name)).join(', ');

/** The grants of a table as statements, the role's earlier ones taken away first. */
function grantsOf(table: string, has: ReadonlySet<string>): string[] {
  const name = pg.escapeIdentifier(table);
  const said = [`REVOKE ALL ON ${name} FROM ${roles.app}, ${roles.reader}, PUBLIC`];
  const toApp = (rights: string) => said.push(`GRANT ${rights} ON ${name} TO ${roles.app}`);
  const columns = guarded[table];
  toApp('SELECT');
  if (columns) {
    if (columns.insert) toApp(`INSERT (${quoted(columns.insert)})`);
    if (columns.update) toApp(`UPDATE (${quoted(columns.update)})`);
    if (columns.delete) toApp('DELETE');
  } else {
    const verbs = open[table] ?? [];
    if (verbs.length > 0) toApp(verbs.join(', '));
  }
  const seen = readable[table];
  if (seen === 'all') said.push(`GRANT SELECT ON ${name} TO ${roles.reader}`);
  else if (seen) {
    const there = seen.filter((column) => has.has(`${table}.${column}`));
    said.push(`GRANT SELECT (${quoted(there)}) ON ${name} TO ${roles.reader}`);
  }
  return said;
}

type Relation = { name: string; columns: string[] };
type Routine = { signature: string; name: string; isTrigger: boolean; isImmutable: boolean };

/** Functions that are called or fired run as the owner and look for names where only the owner can put any. */
function rightsOf({ signature, name, isTrigger, isImmutable }: Routine): string[] {
  const both = `${roles.app}, ${roles.reader}`;
  if (isImmutable || plain.includes(name)) {
    return [
      `REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`,
      `GRANT EXECUTE ON FUNCTION ${signature} TO ${both}`,
    ];
  }
  const isCalled = callable.includes(name);
  const said = [`REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC, ${both}`];
  if (isCalled) said.push(`GRANT EXECUTE ON FUNCTION ${signature} TO ${roles.app}`);
  if (isCalled || isTrigger) {
    said.push(`ALTER FUNCTION ${signature} SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp`);
  }
  return said;
}

async function statementsFor(client: pg.Client): Promise<string[]> {
  const ours = `n.nspname = 'public' AND NOT EXISTS (
    SELECT 1 FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')`;
  const { rows: relations } = await client.query<Relation>(`
    SELECT o.relname AS name, array_agg(a.attname::text) AS columns
      FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
      JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE o.relkind IN ('r', 'p', 'v') AND NOT o.relispartition AND ${ours} GROUP BY o.relname ORDER BY o.relname`);
  const { rows: routines } = await client.query<Routine>(`
    SELECT o.oid::regprocedure::text AS signature, o.proname AS name,
           o.prorettype = 'trigger'::regtype AS "isTrigger", o.provolatile = 'i' AS "isImmutable"
      FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace WHERE ${ours} ORDER BY 1`);
  const { rows: sequences } = await client.query<{ name: string }>(`
    SELECT o.relname AS name FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
     WHERE o.relkind = 'S' AND ${ours}`);
  const has = new Set(relations.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column}`)));
  return [
    'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
    `GRANT USAGE ON SCHEMA public TO ${roles.app}, ${roles.reader}`,
    ...relations.flatMap(({ name }) => grantsOf(name, has)),
    ...routines.flatMap(rightsOf),
    ...sequences.map(({ name }) => `GRANT USAGE ON SEQUENCE ${pg.escapeIdentifier(name)} TO ${roles.app}`),
  ];
}

/** The queue keeps its own schema in order; the program puts jobs in it and takes them out. */
const queueRights = [
  'CREATE SCHEMA IF NOT EXISTS pgboss',
  `GRANT USAGE ON SCHEMA pgboss TO ${roles.app}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO ${roles.app}`,
  `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO ${roles.app}`,
  `ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${roles.app}`,
  `ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT EXECUTE ON FUNCTIONS TO ${roles.app}`,
];

/** Makes a role that may sign in out of a connection string, unless it is the owner's own. */
async function admitLogin(client: pg.Client, url: string | undefined, group: string): Promise<void> {
  const { username = '', password = '' } = url ? new URL(url) : {};
  const [login, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  const { rows } = await client.query<{
    isOwner: boolean;
    mayLogIn: boolean | null;
    isMember: boolean | null;
  }>(
    `SELECT current_user = $1 AS "isOwner", r.rolcanlogin AS "mayLogIn", pg_has_role(r.oid, $2, 'USAGE') AS "isMember"
       FROM (SELECT 1) one LEFT JOIN pg_roles r ON r.rolname = $1`,
    [login, group],
  );
  const [found] = rows;
  if (!login || !found || found.isOwner) return;
  const name = pg.escapeIdentifier(login);
  // Whoever has set another password knows why: only a role that could not sign in is given one.
  if (!found.mayLogIn) {
    const verb = found.mayLogIn === null ? 'CREATE' : 'ALTER';
    await client.query(`${verb} ROLE ${name} LOGIN PASSWORD ${pg.escapeLiteral(secret)}`);
  }
  if (!found.isMember) await client.query(`GRANT ${group} TO ${name}`);
}

async function makeRoles(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ rolname: string }>(
    'SELECT rolname FROM pg_roles WHERE rolname = ANY ($1)',
    [Object.values(roles)],
  );
  const missing = Object.values(roles).filter((role) => !rows.some(({ rolname }) => rolname === role));
  try {
    for (const role of missing) await client.query(`CREATE ROLE ${role} NOLOGIN`);
    return true;
  } catch (error) {
    if ((error as pg.DatabaseError).code === insufficientPrivilege) return false;
    throw error;
  }
}

/**
 * Makes the roles where it may, and gives them what {@link guarded}, {@link open} and {@link callable} say, in one
 * transaction: nobody at work notices. To be called as the owner after migrations and after the queue was installed.
 */
export async function settleRights(options: SettleOptions): Promise<Settled> {
  const client = new pg.Client({ connectionString: options.ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [settleLock]);
    if (!(await makeRoles(client))) return 'no-roles';
    await admitLogin(client, options.appUrl, roles.app);
    await admitLogin(client, options.readUrl, roles.reader);
    const emulator = options.withEmulator
      ? [
          'CREATE SCHEMA IF NOT EXISTS zarinpal_emulator',
          `GRANT USAGE, CREATE ON SCHEMA zarinpal_emulator TO ${roles.app}`,
        ]
      : [];
    const statements = [...(await statementsFor(client)), ...queueRights, ...emulator];
    await client.query(`BEGIN; SET LOCAL lock_timeout = '30s'; ${statements.join(';\n')}; COMMIT`);
    return 'settled';
  } finally {
    await client.end();
  }
}
