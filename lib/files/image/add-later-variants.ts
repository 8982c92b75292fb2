import { log } from '#lib/core/log.ts';
import { makeLaterVariants } from '../picture/make-variants.ts';
import { laterVariants } from '../policy.ts';
import { removeUnnamed } from '../storage/commit-files.ts';
import { fileStore } from '../storage/open-store.ts';
import { addSizes, claimForLater } from './address-store.ts';
import { isFileKept } from './store.ts';

/** A picture that was just made is looked at now; its smaller files may wait until the machine is quiet. */
const restSeconds = 30;

/**
 * Makes the AVIF sizes of galleries' images, and of others that everybody may see, that have none, one image after the other, until none is left. Rows are
 * the queue: a process that dies leaves its image to the next, and three failures are enough. Answers how
 * many images have them now.
 */
export async function addLaterVariants(
  options: { olderThanSeconds?: number; signal?: AbortSignal } = {},
): Promise<number> {
  const { olderThanSeconds = restSeconds, signal } = options;
  const store = fileStore();
  let made = 0;
  while (!signal?.aborted) {
    const file = await claimForLater(olderThanSeconds);
    if (!file) break;
    const { fileId, isPublic } = file;
    const original = await store.read(fileId, 'original');
    if (!original) continue;
    try {
      const variants = await makeLaterVariants(original);
      const bytes = Object.fromEntries(laterVariants.map((name) => [name, variants[name].bytes]));
      const put = await store.put(fileId, bytes, isPublic ? 'public' : 'private');
      if (!put.ok) {
        log.warn({ fileId, detail: put.detail }, 'no room for smaller files');
        break;
      }
      const sizes = Object.fromEntries(
        laterVariants.map((name) => {
          const { width, height } = variants[name];
          return [name, { bytes: variants[name].bytes.length, width, height }];
        }),
      );
      if (await addSizes(fileId, sizes)) made += 1;
      // The image was deleted or moved while we worked: nobody will ask for this id again.
      else await removeUnnamed(fileId, isFileKept);
    } catch (error) {
      log.error({ err: error, fileId }, 'smaller files could not be made');
    }
  }
  return made;
}
