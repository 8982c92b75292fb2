import { log } from '#lib/core/log.ts';
import { readVariant } from '../image/read-image.ts';
import { type Moderate, moderatePicture } from '../moderation/moderate-picture.ts';
import { decideModeration } from './decide-moderation.ts';
import { listUnchecked, noteUncertain } from './store.ts';

/** One round; what is left over waits for the next. */
const batch = 20;

/**
 * Looks once more at images that the check could not look at when they came, so that a machine which was too
 * busy leaves no work for a person. What it is not sure of goes on to one.
 */
export async function recheckPictures(moderate: Moderate = moderatePicture): Promise<void> {
  for (const { id, imageId } of await listUnchecked(batch)) {
    const picture = await readVariant(imageId, 'w640');
    if (!picture.ok) continue;
    const { moderation, reason, scores } = await moderate(picture.value);
    // Still too busy: the others would fare no better.
    if (reason === 'unchecked') return;
    if (moderation === 'waiting') {
      await noteUncertain(id, scores);
    } else {
      const decided = await decideModeration(id, { decision: moderation });
      if (decided.ok) log.info({ imageId, moderation }, 'a picture was looked at later');
    }
  }
}
