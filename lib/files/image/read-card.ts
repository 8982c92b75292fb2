import { perProcess } from '#lib/core/per-process.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import {
  type PictureLane,
  pictureLanes,
  pictureRetrySeconds,
  sharp,
} from '#lib/core/threads/image-runtime.ts';
import { fileStore } from '../storage/open-store.ts';
import { keepSize } from './keep-size.ts';

/** What the Open Graph protocol's readers show without cutting. */
export const card = { width: 1200, height: 630, margin: 24 } as const;
/** The paper of the site's light theme. */
export const paper = '#FBFAF7';

/** A picture, whole, on a card for other sites; JPEG, 40 to 200 kB. Null when too many pictures are being made. */
async function makeCard(picture: Buffer, lane: PictureLane, whose: string): Promise<Buffer | null> {
  return pictureLanes.run({ lane, whose }, () =>
    sharp(picture)
      .resize({
        width: card.width - 2 * card.margin,
        height: card.height - 2 * card.margin,
        fit: 'contain',
        background: paper,
      })
      .extend({
        top: card.margin,
        bottom: card.margin,
        left: card.margin,
        right: card.margin,
        background: paper,
      })
      .flatten({ background: paper })
      .jpeg({ quality: 82, mozjpeg: true })
      .toBuffer(),
  );
}

const cards = perProcess('files.cards', () => new Map<string, Promise<Result<Buffer>>>());

async function findOrMake(fileId: string, lane: PictureLane): Promise<Result<Buffer>> {
  const kept = await fileStore().read(fileId, 'card');
  if (kept) return succeed(kept);
  const picture = await fileStore().read(fileId, 'w1280');
  if (!picture) return fail('notFound', `file ${fileId} is gone`);
  const bytes = await makeCard(picture, lane, fileId);
  if (!bytes) {
    const retryAfterSeconds = pictureRetrySeconds;
    return fail('service.unavailable', 'too many pictures are being made', { retryAfterSeconds });
  }
  await keepSize(fileId, 'card', { bytes, width: card.width, height: card.height });
  return succeed(bytes);
}

/**
 * The card of a picture that other sites show: made once and kept beside its other sizes; however many ask at once wait
 * for the same one. Fails with `notFound` when the picture is gone, `service.unavailable` when too many are being made.
 *
 * @param lane Whose time it takes when it has to be made.
 */
export function readCard(fileId: string, lane: PictureLane): Promise<Result<Buffer>> {
  const asked = cards.get(fileId) ?? findOrMake(fileId, lane).finally(() => cards.delete(fileId));
  cards.set(fileId, asked);
  return asked;
}
