import pg from 'pg';
import { roleSettings } from '../connection.ts';
import { callable, guarded, open, plain, readable, roles } from './rights.ts';

/** `unchanged` where everything was as it should be already; `no-roles` where the owner may not make roles. */
export type Settled = 'settled' | 'unchanged' | 'no-roles';

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

/** Something that is granted, who has what of it now and who should have, and the statements that make it so. */
type Ruled = {
  readonly has: readonly string[];
  readonly wants: readonly string[];
  readonly statements: readonly string[];
};

const app = (right: string) => `${roles.app} ${right}`;
const reader = (right: string) => `${roles.reader} ${right}`;

function ruledTable({ name: table, columns: there, has }: Relation): Ruled {
  const name = pg.escapeIdentifier(table);
  const statements = [`REVOKE ALL ON ${name} FROM ${roles.app}, ${roles.reader}, PUBLIC`];
  const wants: string[] = [];
  const give = (to: typeof app, role: string, right: string, columns?: readonly string[]) => {
    const ofTable = right.toUpperCase();
    statements.push(`GRANT ${ofTable}${columns ? ` (${quoted(columns)})` : ''} ON ${name} TO ${role}`);
    wants.push(...(columns ?? ['']).map((column) => to(`${ofTable} ${column}`)));
  };
  give(app, roles.app, 'select');
  const columns = guarded[table];
  if (columns?.insert) give(app, roles.app, 'insert', columns.insert);
  if (columns?.update) give(app, roles.app, 'update', columns.update);
  if (columns?.delete) give(app, roles.app, 'delete');
  if (!columns) for (const verb of open[table] ?? []) give(app, roles.app, verb);
  const seen = readable[table];
  if (seen === 'all') give(reader, roles.reader, 'select');
  else if (seen) {
    give(
      reader,
      roles.reader,
      'select',
      seen.filter((column) => there.includes(column)),
    );
  }
  return { has, wants, statements };
}

type Relation = { name: string; columns: string[]; has: string[] };
type Routine = {
  signature: string;
  name: string;
  isTrigger: boolean;
  isImmutable: boolean;
  isDefiner: boolean;
  has: string[];
};

/** Functions that are called or fired run as the owner and look for names where only the owner can put any. */
function ruledFunction({ signature, name, isTrigger, isImmutable, isDefiner, has }: Routine): Ruled {
  const both = `${roles.app}, ${roles.reader}`;
  const revoke = `REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC, ${both}`;
  if (isImmutable || plain.includes(name)) {
    const statements = [revoke, `GRANT EXECUTE ON FUNCTION ${signature} TO ${both}`];
    return { has, wants: [app('EXECUTE '), reader('EXECUTE ')], statements };
  }
  const statements = [revoke];
  const isCalled = callable.includes(name);
  if (isCalled) statements.push(`GRANT EXECUTE ON FUNCTION ${signature} TO ${roles.app}`);
  const runsAsOwner = isCalled || isTrigger;
  if (runsAsOwner) {
    statements.push(
      `ALTER FUNCTION ${signature} SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp`,
    );
  }
  const asOwner = (is: boolean) => (is ? ['as the owner'] : []);
  return {
    has: [...has, ...asOwner(isDefiner && runsAsOwner)],
    wants: [...(isCalled ? [app('EXECUTE ')] : []), ...asOwner(runsAsOwner)],
    statements,
  };
}

/** Who of ours, or everybody, has what by an access list: `role RIGHT column`. Without a list it is what the kind begins with. */
const held = (list: string, kind: string, column = "''") => `
  SELECT concat_ws(' ', CASE WHEN g.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(g.grantee) END, g.privilege_type, ${column}) AS right
    FROM aclexplode(coalesce(${list}, acldefault('${kind}', 10))) g
   WHERE g.grantee = 0 OR pg_get_userbyid(g.grantee) IN ('${roles.app}', '${roles.reader}')`;

const ours = `n.nspname = 'public' AND NOT EXISTS (
  SELECT 1 FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e')`;

/** Whatever is not yet as it should be, in statements; nothing when all of it is. */
async function statementsFor(client: pg.Client): Promise<string[]> {
  const { rows: relations } = await client.query<Relation>(`
    SELECT o.relname AS name, array_agg(a.attname::text) AS columns,
           ARRAY(${held('o.relacl', 'r')}) || ARRAY(
             SELECT h.right FROM pg_attribute c CROSS JOIN LATERAL (${held('c.attacl', 'c', 'c.attname')}) h
              WHERE c.attrelid = o.oid AND c.attnum > 0 AND NOT c.attisdropped AND c.attacl IS NOT NULL) AS has
      FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
      JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE o.relkind IN ('r', 'p', 'v') AND NOT o.relispartition AND ${ours}
     GROUP BY o.oid, o.relname, o.relacl ORDER BY o.relname`);
  const { rows: routines } = await client.query<Routine>(`
    SELECT o.oid::regprocedure::text AS signature, o.proname AS name, ARRAY(${held('o.proacl', 'f')}) AS has,
           o.prorettype = 'trigger'::regtype AS "isTrigger", o.provolatile = 'i' AS "isImmutable",
           o.prosecdef AND 'search_path=pg_catalog, public, pg_temp' = ANY (o.proconfig) IS TRUE AS "isDefiner"
      FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace WHERE ${ours} ORDER BY 1`);
  const { rows: sequences } = await client.query<{ name: string; has: string[] }>(`
    SELECT o.relname AS name, ARRAY(${held('o.relacl', 's')}) AS has
      FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace WHERE o.relkind = 'S' AND ${ours}`);
  const { rows: schemas } = await client.query<{ has: string[] }>(
    `SELECT ARRAY(${held('nspacl', 'n')}) AS has FROM pg_namespace WHERE nspname = 'public'`,
  );
  const both = `${roles.app}, ${roles.reader}`;
  const ruled: Ruled[] = [
    ...schemas.map(({ has }) => ({
      has,
      wants: ['PUBLIC USAGE ', app('USAGE '), reader('USAGE ')],
      statements: [
        'REVOKE CREATE ON SCHEMA public FROM PUBLIC',
        `GRANT USAGE ON SCHEMA public TO PUBLIC, ${both}`,
      ],
    })),
    ...relations.map(ruledTable),
    ...routines.map(ruledFunction),
    ...sequences.map(({ name, has }) => ({
      has,
      wants: [app('USAGE ')],
      statements: [`GRANT USAGE ON SEQUENCE ${pg.escapeIdentifier(name)} TO ${roles.app}`],
    })),
  ];
  const said = (rights: readonly string[]) => [...new Set(rights.map((right) => right.trim()))].sort().join();
  return ruled.filter(({ has, wants }) => said(has) !== said(wants)).flatMap(({ statements }) => statements);
}

const emulator = 'zarinpal_emulator';

/** The queue keeps its own schema in order; the program puts jobs in it and takes them out. */
const queueRights = [
  'CREATE SCHEMA IF NOT EXISTS pgboss',
  `GRANT USAGE ON SCHEMA pgboss TO ${roles.app}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA pgboss TO ${roles.app}`,
  `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA pgboss TO ${roles.app}`,
  `ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${roles.app}`,
  `ALTER DEFAULT PRIVILEGES IN SCHEMA pgboss GRANT EXECUTE ON FUNCTIONS TO ${roles.app}`,
];

/** The same for the queue and for the emulated gateway: whether a schema is there and its tables can be written. */
async function isUsable(client: pg.Client, schema: string, rights: string): Promise<boolean> {
  const { rows } = await client.query<{ isUsable: boolean }>(
    `SELECT has_schema_privilege($2, n.oid, $3) AND ($3 <> 'USAGE' OR EXISTS (SELECT 1 FROM pg_default_acl WHERE defaclnamespace = n.oid))
       AND NOT EXISTS (
         SELECT 1 FROM pg_class c CROSS JOIN unnest('{SELECT,INSERT,UPDATE,DELETE}'::text[]) v
          WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p', 'v') AND NOT has_table_privilege($2, c.oid, v)) AS "isUsable"
       FROM pg_namespace n WHERE n.nspname = $1`,
    [schema, roles.app, rights],
  );
  return rows[0]?.isUsable ?? false;
}

/** Makes a role that may sign in out of a connection string, unless it is the owner's own. */
async function admitLogin(client: pg.Client, url: string | undefined, group: string): Promise<void> {
  const { username = '', password = '' } = url ? new URL(url) : {};
  const [login, secret] = [decodeURIComponent(username), decodeURIComponent(password)];
  const { rows } = await client.query<{
    isOwner: boolean;
    mayLogIn: boolean | null;
    isMember: boolean | null;
    settings: string[] | null;
  }>(
    `SELECT current_user = $1 AS "isOwner", r.rolcanlogin AS "mayLogIn", pg_has_role(r.oid, $2, 'USAGE') AS "isMember",
            (SELECT setconfig FROM pg_db_role_setting WHERE setrole = r.oid AND setdatabase = 0) AS settings
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
  // Behind a pooler nothing else says them; any other connection says its own.
  for (const [setting, ms] of Object.entries(roleSettings)) {
    if (found.settings?.some((one) => one.startsWith(`${setting}=`))) continue;
    await client.query(`ALTER ROLE ${name} SET ${setting} = '${ms}ms'`).catch((error: pg.DatabaseError) => {
      // An owner that may not: whoever made the role sets them, see docs/operations.md.
      if (error.code !== insufficientPrivilege) throw error;
    });
  }
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
 * Makes the roles where it may, and gives them what {@link guarded}, {@link open} and {@link callable} say: only what is not yet
 * so, in one transaction, so that nobody at work notices. To be called as the owner after migrations and after the queue was installed.
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
    const statements = await statementsFor(client);
    if (!(await isUsable(client, 'pgboss', 'USAGE'))) statements.push(...queueRights);
    if (options.withEmulator && !(await isUsable(client, emulator, 'CREATE'))) {
      statements.push(
        `CREATE SCHEMA IF NOT EXISTS ${emulator}`,
        `GRANT USAGE, CREATE ON SCHEMA ${emulator} TO ${roles.app}`,
      );
    }
    if (statements.length === 0) return 'unchanged';
    await client.query(`BEGIN; SET LOCAL lock_timeout = '30s'; ${statements.join(';\n')}; COMMIT`);
    return 'settled';
  } finally {
    await client.end();
  }
}
