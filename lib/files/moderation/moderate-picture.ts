import { log } from '#lib/core/log.ts';
import { askNetworks } from '#lib/core/threads/network-host.ts';
import { judgeScores, unchecked } from './judge-scores.ts';
import type { PictureScores, Verdict } from './store.ts';

/** Looks at a picture and says whether it may be shown. Never throws. */
export type Moderate = (picture: Buffer) => Promise<Verdict>;

const timeoutMs = 45_000;

const look = (picture: Uint8Array | null) =>
  askNetworks<PictureScores>(
    { file: 'lib/files/moderation/moderation-answers.ts', request: picture },
    { lane: 'look', whose: 'moderation', timeoutMs },
  );

/**
 * The local check, on a thread beside this one: about a tenth of a second. What it cannot look at waits for a
 * person; it is never let through unseen.
 */
export const moderatePicture: Moderate = async (picture) => {
  try {
    const scores = await look(Uint8Array.from(picture));
    if (scores) return judgeScores(scores);
    log.warn('a picture was not looked at: too many are waiting');
  } catch (error) {
    log.error({ err: error }, 'a picture could not be looked at');
  }
  return unchecked;
};

/** Gets the network ready while something else takes longer: a cold one needs half a second, a warm one nothing. */
export function wakeModerator(): void {
  look(null).catch(() => undefined);
}
