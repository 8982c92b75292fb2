import type { AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';
import { type PlanNames, planNamesOf } from '../plan/store.ts';

export type ReminderRow = {
  readonly id: string;
  readonly owner: AccountRef;
  readonly planName: string;
  readonly daysBefore: number;
};

type Row = Omit<ReminderRow, 'owner'> & { userId: string | null; vendorId: string | null };

const toReminder = ({ userId, vendorId, ...rest }: Row): ReminderRow => ({
  ...rest,
  owner: { kind: userId ? 'user' : 'vendor', accountId: userId ?? vendorId ?? '' },
});

/** Writes down the reminders that are due now and answers with them: each belongs to the worker that wrote it down. */
export async function claimReminders(tx: Tx, limit: number): Promise<ReminderRow[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT r.id, r.user_id AS "userId", r.vendor_id AS "vendorId", y.name AS "planName", r.days_before AS "daysBefore"
    FROM claim_plan_reminders(${limit}) r
    JOIN subscription_periods p ON p.id = r.period_id JOIN payment_plans y ON y.id = p.plan_id`;
  return rows.map(toReminder);
}

/** Deletes reminders of plans that ended two months ago and before; answers how many, at most `limit`. */
export async function deleteOldReminders(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM plan_reminders WHERE id IN (
      SELECT id FROM plan_reminders WHERE ends_at < now() - interval '60 days' LIMIT ${limit})`;
}

/** A reminder with the number it goes to; null when its account may not be told any more. */
export async function findReminderToSend(
  tx: Tx,
  id: string,
): Promise<(ReminderRow & { phone: string; names: PlanNames }) | null> {
  const rows = await tx.$queryRaw<(Row & { phone: string; names: PlanNames })[]>`
    SELECT r.id, r.user_id AS "userId", r.vendor_id AS "vendorId", y.name AS "planName", r.days_before AS "daysBefore",
      coalesce(u.phone, v.phone) AS phone, ${planNamesOf}
    FROM plan_reminders r
    JOIN subscription_periods p ON p.id = r.period_id JOIN payment_plans y ON y.id = p.plan_id
    LEFT JOIN users u ON u.id = r.user_id LEFT JOIN vendors v ON v.id = r.vendor_id
    WHERE r.id = ${id}::uuid AND coalesce(u.is_active AND u.plan_reminders, v.is_active AND v.plan_reminders)`;
  const [row] = rows;
  return row ? { ...toReminder(row), phone: row.phone, names: row.names } : null;
}

/** Whether an account wants to be told that its plan ends. */
export async function findReminders(tx: Tx, { kind, accountId }: AccountRef): Promise<boolean> {
  const question = { where: { id: accountId }, select: { planReminders: true } };
  const row = kind === 'user' ? await tx.user.findUnique(question) : await tx.vendor.findUnique(question);
  return row?.planReminders ?? false;
}

export async function setReminders(
  tx: Tx,
  { kind, accountId }: AccountRef,
  wanted: boolean,
): Promise<boolean> {
  const change = { where: { id: accountId, isActive: true }, data: { planReminders: wanted } };
  const { count } = kind === 'user' ? await tx.user.updateMany(change) : await tx.vendor.updateMany(change);
  return count === 1;
}
