import type { AccountRef } from '#lib/core/actor.ts';
import type { Tx } from '#lib/db/transact.ts';

/** Topics that the database itself writes notices of. */
export type MutedTopic = 'conversions' | 'quota';

const ownedBy = ({ kind, accountId }: AccountRef) =>
  kind === 'user' ? { userId: accountId } : { vendorId: accountId };

export async function listMutes(tx: Tx, owner: AccountRef): Promise<MutedTopic[]> {
  const rows = await tx.noticeMute.findMany({ where: ownedBy(owner), select: { topic: true } });
  return rows.map(({ topic }) => topic as MutedTopic);
}

export async function setMute(tx: Tx, owner: AccountRef, topic: MutedTopic, isMuted: boolean): Promise<void> {
  const row = { ...ownedBy(owner), topic };
  if (isMuted) await tx.noticeMute.createMany({ data: [row], skipDuplicates: true });
  else await tx.noticeMute.deleteMany({ where: row });
}
