import { Client } from 'pg';

/** What belongs to us in the schema `public`: not to an extension, and not to the migration tool. */
const ours = `
  n.nspname = 'public' AND NOT EXISTS (
    SELECT 1 FROM pg_depend d WHERE d.objid = o.oid AND d.deptype = 'e'
  )`;

const extensions = `
  SELECT string_agg(format('CREATE EXTENSION %I;', extname), E'\\n' ORDER BY extname) AS text
    FROM pg_extension WHERE extname <> 'plpgsql'`;

/**
 * PostgreSQL 18 keeps NOT NULL as a constraint, 15 does not: here it stands at the column only. Partitions are not
 * described: the worker makes and drops them.
 */
const tables = `
  SELECT format(E'CREATE TABLE %I (\\n%s\\n)%s%s;', o.relname, string_agg(line, E',\\n' ORDER BY kind, position, line COLLATE "C"),
           ' PARTITION BY ' || pg_get_partkeydef(o.oid), ' WITH (' || array_to_string(o.reloptions, ', ') || ')') AS text
    FROM pg_class o
    JOIN pg_namespace n ON n.oid = o.relnamespace
    CROSS JOIN LATERAL (
      SELECT 1 AS kind, a.attnum::int AS position,
             concat('    ', quote_ident(a.attname), ' ', format_type(a.atttypid, a.atttypmod),
                    ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), CASE WHEN a.attnotnull THEN ' NOT NULL' END) AS line
        FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
       WHERE a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL
      SELECT 2, 0, concat('    CONSTRAINT ', quote_ident(c.conname), ' ', pg_get_constraintdef(c.oid))
        FROM pg_constraint c WHERE c.conrelid = o.oid AND c.contype IN ('p', 'u', 'f', 'c', 'x')
    ) lines
   WHERE o.relkind IN ('r', 'p') AND NOT o.relispartition AND o.relname <> '_prisma_migrations' AND ${ours}
   GROUP BY o.oid, o.relname, o.reloptions ORDER BY o.relname`;

const indexes = `
  SELECT pg_get_indexdef(o.oid) || ';' AS text
    FROM pg_class o
    JOIN pg_namespace n ON n.oid = o.relnamespace
    JOIN pg_index i ON i.indexrelid = o.oid
    JOIN pg_class t ON t.oid = i.indrelid
   WHERE t.relname <> '_prisma_migrations' AND NOT t.relispartition AND ${ours}
     AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = o.oid AND c.contype IN ('p', 'u', 'x'))
   ORDER BY t.relname, o.relname`;

const views = `
  SELECT format(E'CREATE VIEW %I AS\\n%s', o.relname, CASE WHEN d.text LIKE '% JOIN %' THEN d.text
           -- Where there is but one table, only older servers say whose each column is.
           ELSE regexp_replace(d.text, '\\m' || substring(d.text FROM 'FROM \\w+ (\\w+)') || '\\.', '', 'g') END) AS text
    FROM pg_class o JOIN pg_namespace n ON n.oid = o.relnamespace
    CROSS JOIN LATERAL pg_get_viewdef(o.oid) AS d (text)
   WHERE o.relkind = 'v' AND ${ours}
   ORDER BY o.relname`;

const policies = `
  SELECT concat(format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY;', t.relname), E'\n', string_agg(
           concat('CREATE POLICY ', quote_ident(o.polname), ' ON ', quote_ident(t.relname),
                  CASE o.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE'
                    WHEN 'd' THEN ' FOR DELETE' END,
                  ' USING (' || pg_get_expr(o.polqual, o.polrelid) || ')',
                  ' WITH CHECK (' || pg_get_expr(o.polwithcheck, o.polrelid) || ')', ';'), E'\n' ORDER BY o.polname)) AS text
    FROM pg_policy o JOIN pg_class t ON t.oid = o.polrelid JOIN pg_namespace n ON n.oid = t.relnamespace
   WHERE t.relrowsecurity AND ${ours}
   GROUP BY t.relname ORDER BY t.relname`;

const functions = `
  SELECT trim(trailing E'\\n' FROM pg_get_functiondef(o.oid)) || ';' AS text
    FROM pg_proc o JOIN pg_namespace n ON n.oid = o.pronamespace
   WHERE ${ours}
   ORDER BY o.proname, pg_get_function_identity_arguments(o.oid)`;

const triggers = `
  SELECT pg_get_triggerdef(o.oid) || ';' AS text
    FROM pg_trigger o
    JOIN pg_class t ON t.oid = o.tgrelid
    JOIN pg_namespace n ON n.oid = t.relnamespace
   WHERE NOT o.tgisinternal AND NOT t.relispartition AND ${ours}
   ORDER BY t.relname, o.tgname`;

const parts: readonly (readonly [title: string, query: string, between: string])[] = [
  ['Extensions', extensions, '\n'],
  ['Tables', tables, '\n\n'],
  ['Indexes', indexes, '\n'],
  ['Views', views, '\n\n'],
  ['Row-level security', policies, '\n'],
  ['Functions', functions, '\n\n'],
  ['Triggers', triggers, '\n'],
];

const heading = `-- Today's tables, constraints, indexes, views, policies, functions and triggers in one place, written from the migrated database
-- by \`npm run db:structure\`. To change something, write a migration.
`;

/** Describes a database as SQL for people to read; the same text from every supported version of the server. */
export async function describeStructure(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    let text = heading;
    for (const [title, query, between] of parts) {
      const { rows } = await client.query<{ text: string | null }>(query);
      const lines = rows.map((row) => row.text ?? '').join(between);
      text += `\n-- ${title} ${'-'.repeat(Math.max(3, 108 - title.length))}\n\n${lines}\n`;
    }
    return text;
  } finally {
    await client.end();
  }
}
