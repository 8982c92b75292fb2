import type { Phone } from '#lib/core/phone.ts';
import type { Tx } from '#lib/db/transact.ts';

export type OutboxMessage = { id: string; phone: string; text: string; createdAt: Date };

/** Keeps a message once, however often its job runs. */
export async function insertOutboxMessage(
  tx: Tx,
  { id, to, text }: { readonly id: string; readonly to: Phone; readonly text: string },
): Promise<void> {
  await tx.outboxMessage.createMany({ data: [{ id, phone: to, text }], skipDuplicates: true });
}

/** The newest messages first. */
export async function listOutboxMessages(tx: Tx, limit: number): Promise<OutboxMessage[]> {
  return tx.outboxMessage.findMany({
    select: { id: true, phone: true, text: true, createdAt: true },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });
}
