import type { PictureScores, Verdict } from './store.ts';

/** Of the kinds that are not wanted here, together. "Sexy" means swimwear to the network and counts for nothing. */
const refusedFrom = 0.7;
const uncertainFrom = 0.4;

/** A verdict from what the network is how sure of. */
export function judgeScores(scores: PictureScores): Verdict {
  const unwanted = scores.porn + scores.hentai;
  if (unwanted > refusedFrom) return { moderation: 'refused', reason: null, scores };
  if (unwanted > uncertainFrom) return { moderation: 'waiting', reason: 'uncertain', scores };
  return { moderation: 'accepted', reason: null, scores };
}

/** The check could not look: a person has to, and meanwhile only its owner sees the picture. */
export const unchecked: Verdict = { moderation: 'waiting', reason: 'unchecked', scores: {} };
