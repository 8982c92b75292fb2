import type { AccountKind } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';

/** Numbers that accounts have left and that are still to be told so. */

export type OldNumber = {
  readonly id: string;
  readonly phone: string;
  readonly kind: AccountKind;
  /** The new number without its middle. */
  readonly toMask: string;
};

export async function insertOldNumber(tx: Tx, old: Omit<OldNumber, 'id'>): Promise<string> {
  const [row] = await tx.$queryRaw<{ id: string }[]>`
    INSERT INTO old_numbers_to_tell (phone, account_type, to_mask)
    VALUES (${old.phone}, ${old.kind}, ${old.toMask}) RETURNING id`;
  if (!row) throw new Error('a number was not written down');
  return row.id;
}

export async function findOldNumber(tx: Tx, id: string): Promise<OldNumber | null> {
  const rows = await tx.$queryRaw<OldNumber[]>`
    SELECT id, phone, account_type AS kind, to_mask AS "toMask" FROM old_numbers_to_tell WHERE id = ${id}::uuid`;
  return rows[0] ?? null;
}

export async function forgetOldNumber(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw`DELETE FROM old_numbers_to_tell WHERE id = ${id}::uuid`;
}

/** Forgets so many numbers that could not be told for a day; how many. */
export async function forgetOldNumbers(tx: Tx, limit: number): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM old_numbers_to_tell WHERE id = ANY (ARRAY(
      SELECT id FROM old_numbers_to_tell WHERE created_at < now() - interval '1 day' LIMIT ${limit}))`;
}
