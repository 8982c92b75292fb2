import { answerTasks } from '#lib/core/thread-side.ts';
import { loadNetwork, lookAtPicture, type PictureScores } from './look-at-picture.ts';

/** Runs in a worker thread: looks at one picture at a time. Without one it gets ready for the next. */
answerTasks<{ picture: Uint8Array | null }, never, PictureScores | null>(async ({ picture }) => {
  if (picture) return lookAtPicture(Buffer.from(picture));
  await loadNetwork();
  return null;
});
