import { answerTasks } from '#lib/core/threads/thread-side.ts';
import { type PhotoMeasures, studiedSide, studyPhoto } from '../paint/study-photo.ts';
import { decodePhoto } from './decode-photo.ts';
import { nodeModels } from './models.ts';

/** Runs in a worker thread: measures one photo at a time. */
answerTasks<{ photo: Uint8Array }, never, PhotoMeasures>(async ({ photo }) =>
  studyPhoto(await decodePhoto(photo, studiedSide), nodeModels),
);
