/**
 * What a migration must not do to a table with millions of rows, read from its text. Beside a program at work a
 * statement may hold a table for a moment, never for as long as it takes to read or write it whole.
 */

/** A migration's statements: comments gone, and texts, names in quotes and function bodies left empty. */
export function statementsOf(sql: string): readonly string[] {
  const token = /--[^\n]*|\/\*[\s\S]*?\*\/|(\$\w*\$)[\s\S]*?\1|'(?:[^']|'')*'|;/g;
  const marked = sql.replace(token, (found) => {
    if (found === ';') return '\0';
    return found.startsWith('--') || found.startsWith('/*') ? ' ' : "''";
  });
  return marked
    .split('\0')
    .map((statement) => statement.replace(/"/g, '').replace(/\s+/g, ' ').trim())
    .filter(Boolean);
}

/** `-- empty: users, albums` says that these tables hold next to nothing wherever this will run. */
function tablesSaidEmpty(sql: string): ReadonlySet<string> {
  const said = [...sql.matchAll(/^-- empty: ([\w, ]+)$/gm)].flatMap((match) => (match[1] ?? '').split(','));
  return new Set(said.map((name) => name.trim()));
}

/** Evaluated once for all rows; any other call is evaluated for each, and so writes each. */
const steady = /\b(now|current_timestamp|current_date|statement_timestamp|transaction_timestamp)\s*(\(\))?/gi;

const defaultOf = (change: string) =>
  /\bdefault (.*?)(?= (?:constraint|check|not null|null|references|unique|primary)\b|$)/i.exec(change)?.[1] ??
  '';

type Rule = { readonly forbidden: (change: string) => boolean; readonly why: string };

/** Of one part of ALTER TABLE, between two commas. */
const alterations: readonly Rule[] = [
  {
    forbidden: (change) => /^add (column )?.*\bgenerated always as\b.*\bstored\b/i.test(change),
    why: 'a stored column writes every row: add a plain one, fill it in batches',
  },
  {
    forbidden: (change) =>
      /^add (?!constraint|check|foreign|unique|primary|exclude)/i.test(change) &&
      (/\b(serial|bigserial|as identity)\b/i.test(change) ||
        /\w\s*\(/.test(defaultOf(change).replace(steady, ' '))),
    why: 'a default that differs from row to row writes every row: add the column without, set the default, fill in batches',
  },
  {
    forbidden: (change) =>
      /^add (?!constraint|check|foreign|unique|primary|exclude)/i.test(change) &&
      /\bnot null\b/i.test(change) &&
      !/\bdefault\b/i.test(change),
    why: 'NOT NULL without a default fails where there are rows',
  },
  {
    forbidden: (change) =>
      /^add\b/i.test(change) && /\b(check|references)\b/i.test(change) && !/\bnot valid\b/i.test(change),
    why: 'a CHECK or foreign key reads the table while nobody may write: ADD ... NOT VALID here, VALIDATE CONSTRAINT in the next migration',
  },
  {
    forbidden: (change) =>
      /^add\b/i.test(change) &&
      /\b(unique|primary key|exclude)\b/i.test(change) &&
      !/\busing index\b/i.test(change),
    why: 'its index is built while nobody may write: CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT ... USING INDEX',
  },
  {
    forbidden: (change) => /^alter (column )?\w+ (set data )?type\b/i.test(change),
    why: 'another type writes every row: add a column, write both, fill in batches, drop the old one',
  },
  {
    forbidden: (change) => /^alter (column )?\w+ set not null\b/i.test(change),
    why: 'SET NOT NULL reads the table while nobody may do anything: a validated CHECK first, and say `-- proven: table.column`',
  },
  {
    forbidden: (change) => /^set (logged|unlogged|tablespace|access method)\b/i.test(change),
    why: 'the whole table is written anew',
  },
];

const named = (text: string | undefined) => (text ?? '').replace(/^public\./, '').toLowerCase();

/** The parts of an ALTER TABLE: commas inside brackets divide nothing. */
function changesOf(body: string): readonly string[] {
  let depth = 0;
  let from = 0;
  const parts: string[] = [];
  for (const [at, sign] of [...body].entries()) {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign !== ',' || depth > 0) continue;
    parts.push(body.slice(from, at).trim());
    from = at + 1;
  }
  return [...parts, body.slice(from).trim()];
}

function alterationFaults(statement: string, isSmall: (table: string) => boolean, sql: string): string[] {
  const match = /^alter table (?:if exists )?(?:only )?([\w.]+) (.*)$/i.exec(statement);
  const table = named(match?.[1]);
  if (!match || isSmall(table)) return [];
  return changesOf(match[2] ?? '').flatMap((change) => {
    const column = /^alter (?:column )?(\w+) set not null/i.exec(change)?.[1];
    if (column && new RegExp(`^-- proven: ${table}\\.${column}$`, 'm').test(sql)) return [];
    const validated = /^validate constraint (\w+)/i.exec(change)?.[1];
    if (validated && new RegExp(`\\bconstraint ${validated}\\b[^;]*not valid`, 'i').test(sql)) {
      return [`${table}: ${validated} is added and validated in one step, under one lock`];
    }
    return alterations
      .filter(({ forbidden }) => forbidden(change))
      .map(({ why }) => `${table}: ${change.slice(0, 60)}: ${why}`);
  });
}

function otherFaults(statement: string, isSmall: (table: string) => boolean, isAlone: boolean): string[] {
  const faults: string[] = [];
  const index = /^create (?:unique )?index (concurrently )?.*?\bon (?:only )?([\w.]+)/i.exec(statement);
  if (index && !index[1] && !isSmall(named(index[2]))) {
    faults.push(
      `${named(index[2])}: nobody may write while an index is built: CREATE INDEX CONCURRENTLY, alone in its migration`,
    );
  }
  if (/\bconcurrently\b/i.test(statement) && !isAlone) {
    faults.push('CONCURRENTLY cannot stand beside other statements: give it a migration of its own');
  }
  if (/^drop index concurrently (?!if exists)/i.test(statement)) {
    faults.push('DROP INDEX CONCURRENTLY without IF EXISTS cannot be tried again');
  }
  if (/^(cluster|vacuum full|lock\b)/i.test(statement) || /^reindex (?!\w+ concurrently)/i.test(statement)) {
    faults.push(`${statement.slice(0, 40)}: holds the table until it is done`);
  }
  const whole = /^(?:update|delete from) (?:only )?([\w.]+)/i.exec(statement);
  if (whole && !/\bwhere\b/i.test(statement) && !isSmall(named(whole[1]))) {
    faults.push(`${named(whole[1])}: all rows in one statement: fill in batches, from a job`);
  }
  if (/^(begin|commit|rollback|start transaction)\b/i.test(statement)) {
    faults.push('a migration is one transaction already: with its own it could be in by half');
  }
  return faults;
}

/** What the release before this one still asks for must not go yet, unless the migration says why it may. */
function contractionFaults(statement: string, sql: string): string[] {
  const takesAway =
    /^drop (table|view|function)\b/i.test(statement) ||
    /^alter table .*\b(drop column|rename)\b/i.test(statement);
  if (!takesAway || /^-- contract: \S.{9,}$/m.test(sql)) return [];
  return [
    `${statement.slice(0, 60)}: the release that still runs may ask for it; \`-- contract: why nobody does any more\``,
  ];
}

/** What is wrong with a migration, one sentence each. Tables that it makes itself are empty. */
export function faultsOf(sql: string): readonly string[] {
  const statements = statementsOf(sql);
  const made = statements.map((statement) =>
    named(/^create (?:unlogged )?table (?:if not exists )?([\w.]+)/i.exec(statement)?.[1]),
  );
  const said = tablesSaidEmpty(sql);
  const isSmall = (table: string) => made.includes(table) || said.has(table);
  return statements.flatMap((statement) => [
    ...alterationFaults(statement, isSmall, sql),
    ...otherFaults(statement, isSmall, statements.length === 1),
    ...contractionFaults(statement, sql),
  ]);
}
