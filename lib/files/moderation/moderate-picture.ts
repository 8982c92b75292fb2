import { log } from '#lib/core/log.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { createSemaphore, type Semaphore } from '#lib/core/threads/lanes.ts';
import { createThreads, type Threads } from '#lib/core/threads/threads.ts';
import { judgeScores, unchecked } from './judge-scores.ts';
import type { PictureScores, Verdict } from './store.ts';

/** Looks at a picture and says whether it may be shown. Never throws. */
export type Moderate = (picture: Buffer) => Promise<Verdict>;

type Moderator = {
  readonly threads: Threads<{ picture: Uint8Array }, never, PictureScores>;
  readonly turn: Semaphore;
};

const idleMs = 60_000;
const timeoutMs = 45_000;
const mostWaiting = 64;

// Next.js bundles routes apart from each other; there is one such thread in a process.
const shared = perProcess<{ moderator?: Moderator }>('files.moderator');

function moderator(): Moderator {
  shared.moderator ??= {
    threads: createThreads({
      name: 'moderation',
      file: 'lib/files/moderation/moderation-thread.ts',
      mostIdle: 1,
      idleMs,
    }),
    turn: createSemaphore(1, mostWaiting),
  };
  return shared.moderator;
}

/**
 * The local check, on a thread beside this one: about a tenth of a second. What it cannot look at waits for a
 * person; it is never let through unseen.
 */
export const moderatePicture: Moderate = async (picture) => {
  const { threads, turn } = moderator();
  const request = { picture: Uint8Array.from(picture) };
  try {
    const scores = await turn.run(1, () => threads.run({ request, signal: AbortSignal.timeout(timeoutMs) }));
    if (scores) return judgeScores(scores);
    log.warn('a picture was not looked at: too many are waiting');
  } catch (error) {
    log.error({ err: error }, 'a picture could not be looked at');
  }
  return unchecked;
};

/** Gets the thread ready while something else takes longer: a cold one needs half a second, a warm one nothing. */
export function wakeModerator(): void {
  const { threads, turn } = moderator();
  // In its turn: a thread that is busy is ready for the next picture when it is done, and a second one only memory.
  turn.run(1, async () => threads.wake()).catch(() => undefined);
}

/** Ends the thread, so that a script can exit at once. */
export async function dismissModerator(): Promise<void> {
  await shared.moderator?.threads.close();
}
