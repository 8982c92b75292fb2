import { env } from '#lib/core/env/env.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { transact } from '#lib/db/transact.ts';
import { moderatePicture } from './moderate-picture.ts';
import { firstPictures, isSuggestive } from './policy.ts';
import * as store from './public-store.ts';

type Read = () => Promise<Buffer | null>;

/** Images from before scores were kept are looked at when they are to be shown. */
async function scoresOf(row: store.PublicationRow, read: Read) {
  if (row.scores && Object.keys(row.scores).length > 0) return row.scores;
  const picture = await read();
  return picture ? (await moderatePicture(picture)).scores : {};
}

/**
 * Whether a vendor's image may be shown to everybody now. One that somebody has to look at first waits from here on
 * (`image.waiting`), and is shown by itself when it is accepted. What a person has accepted once is not asked again.
 *
 * @param read The picture in a size to look at; null when its bytes are gone.
 */
export async function askBeforePublic(vendorId: string, imageId: string, read: Read): Promise<Result<null>> {
  const policy = env().moderation;
  const row = await store.findPublication(vendorId, imageId, firstPictures);
  if (!row) return fail('notFound', `image ${imageId} is not one of vendor ${vendorId}`);
  if (policy === 'relaxed' || row.isSeen) return succeed(null);
  const isFirst = !row.isVerified && row.firstSeen < firstPictures;
  const scores = isFirst && row.scores ? row.scores : await scoresOf(row, read);
  // What could not be looked at is not let through unseen.
  const isUnknown = Object.keys(scores).length === 0;
  const reason = isFirst ? 'first' : isUnknown || isSuggestive(scores, policy) ? 'suggestive' : null;
  if (!reason) return succeed(null);
  await transact(async (tx) => {
    await store.openPublicCase(tx, imageId, reason, scores);
    return succeed(null);
  });
  return fail('image.waiting', `image ${imageId} waits for a person: ${reason}`);
}
