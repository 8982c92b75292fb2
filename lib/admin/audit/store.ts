import type { TimeCursor } from '#lib/core/cursor.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** The audit log, as administrators read it. Each filter has its index. */

export type AuditFilter = {
  readonly action?: string | undefined;
  /** Only what administrators did. */
  readonly byAdmin?: boolean | undefined;
  /** What this account did, and what happened to it. */
  readonly account?: string | undefined;
  /** An id in `resource_id`, exactly. */
  readonly target?: string | undefined;
};

export type AuditEntry = {
  readonly id: string;
  readonly at: string;
  readonly createdAt: Date;
  readonly actorType: 'system' | 'user' | 'vendor' | 'admin';
  readonly actorId: string | null;
  readonly action: string;
  readonly resource: string | null;
  readonly resourceId: string | null;
  readonly metadata: Record<string, string | number | boolean | null>;
};

const resources = [
  'user',
  'vendor',
  'image',
  'album',
  'conversion',
  'payment',
  'session',
  'link',
  'plan',
  'coupon',
  'settlement',
  'file',
];

const columns = Prisma.sql`id::text, created_at::text AS at, created_at AS "createdAt", actor_type AS "actorType",
  coalesce(user_id, vendor_id)::text AS "actorId", action, resource, resource_id AS "resourceId",
  metadata || coalesce((SELECT jsonb_strip_nulls(jsonb_build_object('address', host(o.address), 'agent', o.user_agent))
    FROM audit_origins o WHERE o.audit_id = audit_logs.id), '{}') AS metadata`;

/** Rows of one way to be found, newest first: each branch is read from its own index and no further than the page. */
function branch(where: Prisma.Sql, filter: AuditFilter, after: TimeCursor | null, limit: number): Prisma.Sql {
  const action = filter.action ? Prisma.sql`AND action = ${filter.action}` : Prisma.empty;
  const byAdmin = filter.byAdmin ? Prisma.sql`AND actor_type = 'admin'` : Prisma.empty;
  return Prisma.sql`(SELECT ${columns} FROM audit_logs WHERE ${where} ${action} ${byAdmin}
      ${olderThan('audit_logs', after)}
    ORDER BY created_at DESC, id DESC LIMIT ${limit})`;
}

/** Events, newest first, after the cursor. */
export async function listAuditEntries(
  tx: Tx,
  filter: AuditFilter,
  after: TimeCursor | null,
  limit: number,
): Promise<AuditEntry[]> {
  const { account, target } = filter;
  const about = (id: string) =>
    resources.map((resource) => Prisma.sql`resource = ${resource} AND resource_id = ${id}`);
  const ways = account
    ? [
        Prisma.sql`user_id = ${account}::uuid`,
        Prisma.sql`vendor_id = ${account}::uuid`,
        Prisma.sql`resource = 'user' AND resource_id = ${account}`,
        Prisma.sql`resource = 'vendor' AND resource_id = ${account}`,
      ]
    : target
      ? about(target)
      : [Prisma.sql`true`];
  const branches = ways.map((way) => branch(way, filter, after, limit));
  return tx.$queryRaw<AuditEntry[]>`
    SELECT * FROM (${Prisma.join(branches, ' UNION ')}) found
    ORDER BY "createdAt" DESC, id DESC LIMIT ${limit}`;
}
