import { newRandomId } from '#lib/core/random-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { pictureLanes, pictureRetrySeconds, sharp } from '#lib/core/threads/image-runtime.ts';
import type { Tx } from '#lib/db/transact.ts';
import { recordImage } from '../image/record-image.ts';
import type { ImageView } from '../image/view.ts';
import type { Verdict } from '../moderation/store.ts';
import { makeVariants, type PreparedPicture } from '../picture/make-variants.ts';
import { putPicture } from '../storage/commit-files.ts';

/** A result whose bytes are stored but which no row names yet. */
export type StoredResult = { readonly fileId: string; readonly picture: PreparedPicture };

/** Makes every size of what an engine made (a JPEG), in memory. */
export async function prepareResult(jpeg: Buffer): Promise<Result<PreparedPicture>> {
  const picture = await pictureLanes.run({ lane: 'person' }, async () => {
    const { data, info } = await sharp(jpeg)
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    return makeVariants({ data, width: info.width, height: info.height }, jpeg);
  });
  if (picture) return succeed(picture);
  return fail('service.unavailable', 'too many pictures are waiting', {
    retryAfterSeconds: pictureRetrySeconds,
  });
}

/**
 * Stores a result in every size: files first, no transaction waits for a disk. Its id belongs to the `commitFiles`
 * whose transaction completes the conversion and calls `recordResult`.
 */
export async function storeResult(picture: PreparedPicture): Promise<Result<StoredResult>> {
  const fileId = newRandomId();
  const kept = await putPicture(fileId, picture, 'private');
  return kept.ok ? succeed({ fileId, picture }) : kept;
}

/** Writes the rows of a stored result; results are never charged. */
export function recordResult(
  tx: Tx,
  stored: StoredResult,
  owner: { readonly userId: string; readonly fileName: string; readonly verdict: Verdict },
): Promise<ImageView> {
  const { userId, fileName, verdict } = owner;
  return recordImage(tx, { ...stored, owner: { userId }, type: 'result', fileName, verdict });
}
