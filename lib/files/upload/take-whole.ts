import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { Tx } from '#lib/db/transact.ts';
import { cleanFileName } from '../image/clean-name.ts';
import type { Owner } from '../image/store.ts';
import type { ImageView } from '../image/view.ts';
import { agreeToPhotos } from '../photo/agree-to-photos.ts';
import { addGalleryImage, addPhoto } from './add-image.ts';
import { isPassing, reserveFiles } from './reserve-files.ts';
import { claimUpload, dropUploads, findUnsigned, refuseUpload, reopenUpload } from './store.ts';

/** A picture that came with one request, all of it at once. */
type Whole = {
  /** 128 bits in hex; the same for a request that is sent again. */
  readonly id: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
  /** Of a user: what they agreed to. */
  readonly agreedTo?: string | undefined;
  /** Of a vendor's: whether the file is kept as it came, too. */
  readonly keepsSent?: boolean | undefined;
  /** What else belongs to taking it in, in the same transaction. */
  readonly place?: (tx: Tx, imageId: string) => Promise<void>;
};

/**
 * Takes a picture in that came whole: the same agreement, room, acceptance and charge as the ingest's, without an address
 * that is signed. Sent again under its id it is the image that was made. Fails as those do, and with `request.atWork` while
 * the same is taken in.
 */
export async function takeWhole(owner: Owner, whole: Whole): Promise<Result<ImageView>> {
  const { id, bytes, mimeType, place, keepsSent } = whole;
  const before = await findUnsigned(id);
  if (before?.answer) {
    return 'image' in before.answer
      ? succeed(before.answer.image)
      : fail(before.answer.error, 'refused before');
  }
  const agreed = 'userId' in owner ? await agreeToPhotos(owner.userId, whole.agreedTo) : succeed(null);
  if (!agreed.ok) return agreed;
  const fileName = cleanFileName(whole.fileName);
  if (!before) {
    const reserved = await reserveFiles(
      owner,
      [{ id, fileName, fileSize: bytes.length, mimeType }],
      keepsSent,
    );
    if (!reserved.ok) return reserved;
  }
  if (!(await claimUpload(id))) return fail('request.atWork', `upload ${id} is being taken in`);
  const sent = { fileName, source: bytes, uploadId: id, ...(place ? { place } : {}) };
  const added =
    'userId' in owner
      ? await addPhoto({ ...owner, ...sent })
      : await addGalleryImage({ ...owner, ...sent, keepsSent });
  if (!added.ok && isPassing(added.code)) {
    await reopenUpload(id);
    await dropUploads([id]);
  } else if (!added.ok) {
    await refuseUpload(id, added.code);
  }
  return added;
}
