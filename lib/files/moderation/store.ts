import type { Tx } from '#lib/db/transact.ts';
import type { Verdict } from './judge-scores.ts';

/** Notes on an image what the check said of it, and opens a case when somebody has to look. */
export async function keepVerdict(tx: Tx, imageId: string, verdict: Verdict): Promise<void> {
  if (verdict.moderation === 'accepted') return;
  await tx.image.update({ where: { id: imageId }, data: { moderation: verdict.moderation } });
  if (verdict.reason) {
    await tx.moderationCase.create({
      data: { imageId, reason: verdict.reason, scores: verdict.scores },
    });
  }
}
