import { answerTasks, letGo } from '#lib/core/threads/thread-side.ts';
import { loadNetwork, scorePicture } from './score-picture.ts';
import type { PictureScores } from './store.ts';

// Before the first picture: a thread that is started ahead of time is ready for it.
await loadNetwork();
letGo();

/** Runs in a worker thread: looks at one picture at a time. */
answerTasks<{ picture: Uint8Array }, never, PictureScores>(
  ({ picture }) => scorePicture(Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength)),
  { restMs: 500 },
);
