import type { AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import type { NoticeKind } from './kinds.ts';

/** Notices in the database, always of one account. */

export type NoticeRow = {
  id: string;
  kind: NoticeKind;
  data: unknown;
  createdAt: Date;
  readAt: Date | null;
};

const ownedBy = ({ kind, accountId }: AccountRef) =>
  kind === 'user' ? { userId: accountId } : { vendorId: accountId };

export async function insertNotice(
  tx: Tx,
  owner: AccountRef,
  kind: NoticeKind,
  data: Readonly<Record<string, string>>,
): Promise<void> {
  await tx.notification.create({ data: { ...ownedBy(owner), kind, data } });
}

/** The newest notices first. */
export async function listNoticeRows(tx: Tx, owner: AccountRef, limit: number): Promise<NoticeRow[]> {
  const rows = await tx.notification.findMany({
    where: ownedBy(owner),
    select: { id: true, kind: true, data: true, createdAt: true, readAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
  return rows as NoticeRow[];
}

export async function countUnread(tx: Tx, owner: AccountRef): Promise<number> {
  return tx.notification.count({ where: { ...ownedBy(owner), readAt: null } });
}

export async function markRead(tx: Tx, owner: AccountRef): Promise<number> {
  const change = { where: { ...ownedBy(owner), readAt: null }, data: { readAt: new Date() } };
  return (await tx.notification.updateMany(change)).count;
}

/** Takes what was told of one thing, a conversion or a payment, for read; how much of it was news. */
export async function markReadAbout(tx: Tx, owner: AccountRef, id: string): Promise<number> {
  const { userId = null, vendorId = null } = { userId: undefined, vendorId: undefined, ...ownedBy(owner) };
  return tx.$executeRaw`
    UPDATE notifications SET read_at = clock_timestamp()
     WHERE read_at IS NULL AND (user_id = ${userId}::uuid OR vendor_id = ${vendorId}::uuid)
       -- Of several results in one notice none is the whole of it.
       AND (data ->> 'id' = ${id} AND coalesce(data ->> 'count', '1') = '1' OR data ->> 'payment' = ${id})`;
}

/** Deletes so many notices that nobody needs any more; how many. */
export async function deleteOldNotices(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM notifications WHERE id = ANY (ARRAY(
      SELECT id FROM notifications WHERE created_at < now() - interval '180 days' LIMIT ${limit}))`;
}

/** The same of messages that were kept instead of sent. */
export async function deleteOldMessages(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM outbox_messages WHERE id = ANY (ARRAY(
      SELECT id FROM outbox_messages WHERE created_at < now() - interval '7 days'
      ORDER BY created_at, id LIMIT ${limit}))`;
}
