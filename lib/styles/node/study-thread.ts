import { answerTasks } from '#lib/core/threads/thread-side.ts';
import { findObstacle } from '../paint/looks/wear-look.ts';
import { studiedSide, studyPhoto } from '../paint/study-photo.ts';
import { decodePhoto } from './decode-photo.ts';
import { nodeModels } from './models.ts';
import type { StudyRequest, StudyValue } from './thread-messages.ts';

/** Runs in a worker thread: measures one photo at a time, or looks whether a look can be tried on in it. */
answerTasks<StudyRequest, never, StudyValue>(async ({ photo, look }) => {
  const picture = await decodePhoto(photo, studiedSide);
  return look
    ? { obstacle: await findObstacle(picture, look, nodeModels) }
    : { measures: await studyPhoto(picture, nodeModels) };
});
