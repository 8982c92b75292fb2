import { findObstacle } from '../paint/looks/wear-look.ts';
import { studiedSide, studyPhoto } from '../paint/study-photo.ts';
import { decodePhoto } from './decode-photo.ts';
import { nodeModels } from './models.ts';
import type { NetworkAnswer, NetworkQuestion, StudyRequest, StudyValue } from './thread-messages.ts';

/**
 * Measures a photo, looks whether a look can be tried on in it, or answers what a render asks a network. Runs in the thread
 * of networks.
 */
export async function answer(request: StudyRequest | NetworkQuestion): Promise<StudyValue | NetworkAnswer> {
  if ('name' in request) return askModels(request);
  const { photo, look } = request;
  const picture = await decodePhoto(photo, studiedSide);
  return look
    ? { obstacle: await findObstacle(picture, look, nodeModels) }
    : { measures: await studyPhoto(picture, nodeModels) };
}

async function askModels({ name, pixels }: NetworkQuestion): Promise<NetworkAnswer> {
  if (name !== 'parts') return { outputs: await nodeModels.run(name, pixels) };
  const values = await nodeModels.parts(pixels);
  return { outputs: values && [{ shape: [], values }] };
}
