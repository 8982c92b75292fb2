import type { AccountKind } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import { Prisma } from '#prisma/generated/client.ts';

/** Numbers that are changed for owners who lost theirs. The database keeps that two agree and that it waits. */

const owner = (kind: AccountKind) => Prisma.raw(kind === 'user' ? 'user_id' : 'vendor_id');

export type NumberChange = {
  readonly id: string;
  readonly toPhone: string;
  readonly state: 'asked' | 'agreed';
  readonly askedBy: string | null;
  readonly createdAt: Date;
  readonly waitsUntil: Date | null;
  readonly isDue: boolean;
  /** Who asked, for whoever is to agree; null when they are gone. */
  readonly askedByPhone: string | null;
  /** How they know whose account it is, as the audit log has it. */
  readonly reason: string | null;
};

/** What waits for an account; null when nothing does. Locks it in a transaction. */
export async function findNumberChange(
  tx: Tx,
  kind: AccountKind,
  accountId: string,
): Promise<NumberChange | null> {
  const rows = await tx.$queryRaw<NumberChange[]>`
    SELECT id, to_phone AS "toPhone", state, asked_by AS "askedBy", created_at AS "createdAt",
      waits_until AS "waitsUntil", coalesce(waits_until <= clock_timestamp(), false) AS "isDue",
      (SELECT phone FROM users WHERE id = asked_by) AS "askedByPhone",
      (SELECT metadata ->> 'reason' FROM audit_logs WHERE resource = ${kind} AND resource_id = ${accountId}
        AND action = 'phone.ask' ORDER BY created_at DESC LIMIT 1) AS reason
    FROM number_changes WHERE ${owner(kind)} = ${accountId}::uuid AND settled_at IS NULL`;
  return rows[0] ?? null;
}

/** Writes down that a number is to be changed. False when something waits already. */
export async function insertNumberChange(
  tx: Tx,
  change: { kind: AccountKind; accountId: string; toPhone: string; askedBy: string },
): Promise<boolean> {
  const { kind, accountId, toPhone, askedBy } = change;
  const added = await tx.$executeRaw`
    INSERT INTO number_changes (${owner(kind)}, to_phone, asked_by)
    VALUES (${accountId}::uuid, ${toPhone}, ${askedBy}::uuid) ON CONFLICT DO NOTHING`;
  return added === 1;
}

/** One step of what waits. False when it is not in the state it is taken from. */
export async function moveNumberChange(
  tx: Tx,
  id: string,
  from: readonly ('asked' | 'agreed')[],
  to: 'agreed' | 'done' | 'withdrawn',
  agreedBy: string | null = null,
): Promise<boolean> {
  const moved = await tx.$executeRaw`
    UPDATE number_changes SET state = ${to}, agreed_by = coalesce(agreed_by, ${agreedBy}::uuid)
    WHERE id = ${id}::uuid AND state = ANY (${[...from]}::text[])`;
  return moved === 1;
}
