import type { AccountKind } from '#lib/core/actor.ts';
import type { TimeCursor } from '#lib/core/cursor.ts';
import { olderThan } from '#lib/db/keyset.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** Accounts of both kinds, as administrators find and change them. Shells of deleted accounts are not found. */

const table = (kind: AccountKind) => Prisma.raw(kind === 'user' ? 'users' : 'vendors');
const owner = (kind: AccountKind) => Prisma.raw(kind === 'user' ? 'user_id' : 'vendor_id');
const isLiving = Prisma.sql`a.phone NOT LIKE 'deleted:%'`;

const columns = (kind: AccountKind) =>
  kind === 'user'
    ? Prisma.sql`a.name, NULL::text AS handle, NULL::boolean AS "isVerified", a.free_quota_remaining AS "freeRemaining",
        EXISTS (SELECT 1 FROM admin_grants g WHERE g.user_id = a.id) AS "isAdmin"`
    : Prisma.sql`a.business_name AS name, a.handle, a.is_verified AS "isVerified",
        a.free_gallery_remaining AS "freeRemaining", false AS "isAdmin"`;

export type ListedAccount = {
  readonly id: string;
  /** For the cursor: PostgreSQL's own text. */
  readonly at: string;
  readonly phone: string;
  readonly name: string | null;
  /** Vendors only. */
  readonly handle: string | null;
  /** Vendors only: the business badge. */
  readonly isVerified: boolean | null;
  readonly isActive: boolean;
  readonly isPhoneVerified: boolean;
  readonly isAdmin: boolean;
  readonly hasAvatar: boolean;
  readonly freeRemaining: number;
  readonly planName: string | null;
  readonly lastLoginAt: Date | null;
  readonly createdAt: Date;
};

const selectAccounts = (kind: AccountKind) => Prisma.sql`
  SELECT a.id::text, a.created_at::text AS at, a.phone, a.is_active AS "isActive", a.is_phone_verified AS "isPhoneVerified",
    p.name AS "planName", a.avatar_url IS NOT NULL AS "hasAvatar", a.last_login_at AS "lastLoginAt", a.created_at AS "createdAt", ${columns(kind)}
  FROM ${table(kind)} a LEFT JOIN payment_plans p ON p.id = a.plan_id`;

const accountStates = ['all', 'active', 'suspended', 'paying', 'number', 'verified', 'unverified'] as const;
export type AccountState = (typeof accountStates)[number];

const standing = (kind: AccountKind): Readonly<Record<AccountState, Prisma.Sql>> => ({
  all: Prisma.sql`true`,
  active: Prisma.sql`a.is_active`,
  suspended: Prisma.sql`NOT a.is_active`,
  paying: Prisma.sql`a.plan_id IS NOT NULL`,
  verified: Prisma.sql`a.is_verified`,
  unverified: Prisma.sql`NOT a.is_verified`,
  number: Prisma.sql`a.id IN (SELECT n.${owner(kind)} FROM number_changes n WHERE n.settled_at IS NULL)`,
});

/** The states that accounts of a kind can be asked for: only businesses have a badge. */
export const statesOf = {
  user: ['all', 'active', 'suspended', 'paying', 'number'],
  vendor: accountStates,
} as const satisfies Record<AccountKind, readonly AccountState[]>;

export type AccountFilter = { readonly search: AccountSearch; readonly state: AccountState };

/** What was typed: a whole number, or a part of a name or handle. */
export type AccountSearch = { readonly phone: string } | { readonly text: string } | null;

function matching(kind: AccountKind, search: AccountSearch): Prisma.Sql {
  if (!search) return Prisma.sql`true`;
  if ('phone' in search) return Prisma.sql`a.phone = ${search.phone}`;
  const pattern = Prisma.sql`'%' || replace(replace(replace(normalize_search(${search.text}), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`;
  return kind === 'user'
    ? Prisma.sql`normalize_search(a.name) LIKE ${pattern}`
    : Prisma.sql`normalize_search(a.business_name || ' ' || a.handle) LIKE ${pattern}`;
}

/** Accounts of a kind, newest first, after the cursor. */
export async function listAccountRows(
  tx: Tx,
  kind: AccountKind,
  { search, state }: AccountFilter,
  after: TimeCursor | null,
  limit: number,
): Promise<ListedAccount[]> {
  return tx.$queryRaw<ListedAccount[]>`
    ${selectAccounts(kind)}
    WHERE ${isLiving} AND ${standing(kind)[state]} AND ${matching(kind, search)}
      ${olderThan('a', after)}
    ORDER BY a.created_at DESC, a.id DESC LIMIT ${limit}`;
}

export async function findAccountRow(tx: Tx, kind: AccountKind, id: string): Promise<ListedAccount | null> {
  const [row] = await tx.$queryRaw<
    ListedAccount[]
  >`${selectAccounts(kind)} WHERE a.id = ${id}::uuid AND ${isLiving}`;
  return row ?? null;
}

/** Suspends for something, or restores (null); false when it is so already or there is no such account. */
export async function setSuspended(
  tx: Tx,
  kind: AccountKind,
  id: string,
  suspendedFor: string | null,
): Promise<boolean> {
  const isActive = suspendedFor === null;
  const changed = await tx.$executeRaw`
    UPDATE ${table(kind)} a SET is_active = ${isActive}, suspended_for = ${suspendedFor}::text
    WHERE a.id = ${id}::uuid AND a.is_active <> ${isActive} AND ${isLiving}`;
  return changed === 1;
}

/** Gives or takes the business badge; false when it is so already or there is no such vendor. */
export async function setVerified(tx: Tx, vendorId: string, isVerified: boolean): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE vendors a SET is_verified = ${isVerified}
    WHERE a.id = ${vendorId}::uuid AND a.is_verified <> ${isVerified} AND ${isLiving}`;
  return changed === 1;
}

/** Locks an account and says how many free conversions or images it has left; null when there is no such account. */
export async function lockFreeRemaining(tx: Tx, kind: AccountKind, id: string): Promise<number | null> {
  const column = Prisma.raw(kind === 'user' ? 'free_quota_remaining' : 'free_gallery_remaining');
  const [row] = await tx.$queryRaw<{ free: number }[]>`
    SELECT a.${column} AS free FROM ${table(kind)} a WHERE a.id = ${id}::uuid AND ${isLiving} FOR NO KEY UPDATE`;
  return row?.free ?? null;
}

/** Adds a grant; the database adds it to the free counter in the same statement. */
export async function insertGrant(
  tx: Tx,
  kind: AccountKind,
  grant: { id: string; accountId: string; amount: number; reason: string; grantedBy: string },
): Promise<void> {
  const { id, accountId, amount, reason, grantedBy } = grant;
  const isUser = kind === 'user';
  await tx.$executeRaw`
    INSERT INTO quota_grants (id, user_id, vendor_id, resource, amount, reason, granted_by)
    VALUES (${id}::uuid, ${isUser ? accountId : null}::uuid, ${isUser ? null : accountId}::uuid,
      ${isUser ? 'conversions' : 'images'}, ${amount}::int, ${reason}, ${grantedBy}::uuid)`;
}

/** Whether the account has this grant already. */
export async function isGranted(tx: Tx, kind: AccountKind, accountId: string, id: string): Promise<boolean> {
  const whose = kind === 'user' ? { userId: accountId } : { vendorId: accountId };
  return (await tx.quotaGrant.count({ where: { id, ...whose } })) > 0;
}

export type GrantRow = {
  readonly id: string;
  readonly amount: number;
  readonly reason: string;
  readonly createdAt: Date;
};

export async function listGrantRows(
  tx: Tx,
  kind: AccountKind,
  id: string,
  limit: number,
): Promise<GrantRow[]> {
  return tx.$queryRaw<GrantRow[]>`
    SELECT id::text, amount, reason, created_at AS "createdAt" FROM quota_grants
    WHERE ${owner(kind)} = ${id}::uuid ORDER BY created_at DESC, id DESC LIMIT ${limit}`;
}

export type SessionRow = {
  readonly id: string;
  readonly userAgent: string | null;
  readonly lastUsedAt: Date;
  readonly createdAt: Date;
};

/** Where an account is signed in now, latest used first. */
export async function listSessionRows(tx: Tx, kind: AccountKind, id: string): Promise<SessionRow[]> {
  return tx.$queryRaw<SessionRow[]>`
    SELECT id::text, user_agent AS "userAgent", last_used_at AS "lastUsedAt", created_at AS "createdAt" FROM sessions
    WHERE ${owner(kind)} = ${id}::uuid AND revoked_at IS NULL
      AND expires_at > clock_timestamp() AND absolute_expires_at > clock_timestamp()
    ORDER BY last_used_at DESC LIMIT 50`;
}
