import { z } from 'zod';

/** How the database is reached. */
export type DatabaseSettings = Readonly<{
  /** How the program works: as a role that may do what it must and no more, through a pooler where there is one. */
  databaseUrl: string;
  /** The same role past any pooler, for what needs a connection of its own: listening, and the queue. */
  directUrl: string;
  /** The owner of the tables, for migrations, backups and restores; the same as the others where one role does everything. */
  ownerUrl: string;
  /** A streaming replica, as the program's role, for what visitors explore and search; null where there is none. */
  readUrl: string | null;
  /** How long the audit log is kept, in days. */
  auditDays: number;
}>;

const address = z
  .string()
  .refine((text) => URL.canParse(text) && ['postgres:', 'postgresql:'].includes(new URL(text).protocol));

export const databaseVariables = {
  DATABASE_URL: {
    schema: address,
    wrong: 'must be a PostgreSQL connection string',
    example: 'postgres://user:password@localhost:5432/aistayler',
  },
  DATABASE_DIRECT_URL: {
    schema: address.optional(),
    wrong: 'must be a PostgreSQL connection string that goes past the pooler',
    example: 'postgres://stayler_app:password@localhost:5432/aistayler',
  },
  DATABASE_OWNER_URL: {
    schema: address.optional(),
    wrong: 'must be the connection string of the owner of the tables',
    example: 'postgres://owner:password@localhost:5432/aistayler',
  },
  DATABASE_READ_URL: {
    schema: address.optional(),
    wrong: 'must be the connection string of a replica',
    example: 'postgres://stayler_app:password@replica:5432/aistayler',
  },
  AUDIT_DAYS: {
    // The database itself keeps a year, whatever is asked.
    schema: z.coerce.number().int().min(365).max(36_500).default(1095),
    wrong: 'must be how many days the audit log is kept, at least 365',
    example: '1095',
  },
} as const;

type Read = {
  readonly [Name in keyof typeof databaseVariables]: z.output<(typeof databaseVariables)[Name]['schema']>;
};

/** The ways to it, each of which stands in for the next but the replica. */
export function databaseSettings(read: Read): DatabaseSettings {
  const directUrl = read.DATABASE_DIRECT_URL ?? read.DATABASE_URL;
  return {
    databaseUrl: read.DATABASE_URL,
    directUrl,
    ownerUrl: read.DATABASE_OWNER_URL ?? directUrl,
    readUrl: read.DATABASE_READ_URL ?? null,
    auditDays: read.AUDIT_DAYS,
  };
}
