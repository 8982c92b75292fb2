import type { Tx } from '#lib/db/transact.ts';

/**
 * Notes on an image what the check said of it, and opens a case when somebody has to look. Of what may become public
 * the scores are kept: they are asked again on that day.
 */
export async function keepVerdict(
  tx: Tx,
  imageId: string,
  verdict: Verdict,
  mayBecomePublic = false,
): Promise<void> {
  const { moderation, scores } = verdict;
  if (moderation === 'accepted' && !mayBecomePublic) return;
  await tx.image.update({
    where: { id: imageId },
    data: { moderation, ...(mayBecomePublic && { scores }) },
  });
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
