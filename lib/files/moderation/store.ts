import type { Tx } from '#lib/db/transact.ts';

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

export type Moderation = 'accepted' | 'waiting' | 'refused';

/** What the local check says of a picture, and by what. */
export type Verdict = {
  readonly moderation: Moderation;
  /** Why it waits; null when it does not. */
  readonly reason: 'uncertain' | 'unchecked' | null;
  readonly scores: Partial<PictureScores>;
};

/** How sure the network is of each kind, 0 to 1, together 1. */
export type PictureScores = Readonly<Record<'drawing' | 'hentai' | 'neutral' | 'porn' | 'sexy', number>>;
