import { answerTasks } from '#lib/core/thread-side.ts';
import { lookAtPicture, type PictureScores } from './look-at-picture.ts';

/** Runs in a worker thread: looks at one picture at a time. */
answerTasks<{ picture: Uint8Array }, never, PictureScores>(({ picture }) =>
  lookAtPicture(Buffer.from(picture)),
);
