import { randomUUID } from 'node:crypto';
import { recordEvent } from '#lib/audit/record-event.ts';
import type { AccountKind, AdminActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { insertNote } from './note-store.ts';
import { findAccountRow } from './store.ts';

/** Writes something down about an account, for administrators alone. With the same `noteId` again it is there already. */
export async function addNote(
  actor: AdminActor,
  { kind, id, note }: { kind: AccountKind; id: string; note: string },
  noteId: string = randomUUID(),
): Promise<Result<null>> {
  return transact<null>(async (tx) => {
    if (!(await findAccountRow(tx, kind, id))) return fail('notFound', `no ${kind} ${id}`);
    const isNew = await insertNote(tx, kind, { id, note, writtenBy: actor.userId, noteId });
    if (!isNew) return succeed(null);
    // What it says goes with the account; that it was written stays.
    await recordEvent(tx, actor, 'account.note', { resource: kind, resourceId: id });
    return succeed(null);
  });
}
