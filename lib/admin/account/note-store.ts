import type { AccountKind } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';

/** What administrators write down about an account for each other. */
export type NoteRow = { readonly id: string; readonly note: string; readonly createdAt: Date };

const whose = (kind: AccountKind, id: string) => (kind === 'user' ? { userId: id } : { vendorId: id });

/** Newest first. */
export async function listNotes(tx: Tx, kind: AccountKind, id: string, limit: number): Promise<NoteRow[]> {
  return tx.accountNote.findMany({
    where: whose(kind, id),
    select: { id: true, note: true, createdAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}

/** Keeps a note; false when the one with this id is there already. */
export async function insertNote(
  tx: Tx,
  kind: AccountKind,
  { id, note, writtenBy, noteId }: { id: string; note: string; writtenBy: string; noteId: string },
): Promise<boolean> {
  const data = { ...whose(kind, id), id: noteId, note, writtenBy };
  return (await tx.accountNote.createMany({ data, skipDuplicates: true })).count === 1;
}
