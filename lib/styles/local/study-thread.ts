import { answerTasks } from '#lib/core/thread-side.ts';
import { type PhotoMeasures, studyPhoto } from './study-photo.ts';

/** Runs in a worker thread: measures one photo at a time. */
answerTasks<{ photo: Uint8Array }, never, PhotoMeasures>(({ photo }) => studyPhoto(Buffer.from(photo)));
