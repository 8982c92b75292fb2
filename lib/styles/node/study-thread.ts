import { answerTasks } from '#lib/core/threads/thread-side.ts';
import { type PhotoMeasures, studyPhoto } from '../paint/study-photo.ts';

/** Runs in a worker thread: measures one photo at a time. */
answerTasks<{ photo: Uint8Array }, never, PhotoMeasures>(({ photo }) => studyPhoto(Buffer.from(photo)));
