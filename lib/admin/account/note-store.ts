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

export async function insertNote(
  tx: Tx,
  kind: AccountKind,
  { id, note, writtenBy }: { id: string; note: string; writtenBy: string },
): Promise<void> {
  await tx.accountNote.create({ data: { ...whose(kind, id), note, writtenBy } });
}
