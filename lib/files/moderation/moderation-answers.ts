import { loadNetwork, scorePicture } from './score-picture.ts';
import type { PictureScores } from './store.ts';

/** Looks at a picture; with null it only makes itself ready for the next. Runs in the thread of networks. */
export async function answer(picture: Uint8Array | null): Promise<PictureScores | null> {
  if (picture) return scorePicture(Buffer.from(picture.buffer, picture.byteOffset, picture.byteLength));
  await loadNetwork();
  return null;
}
