import { newRandomId } from '#lib/core/random-id.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import type { Tx } from '#lib/db/transact.ts';
import { recordImage } from '../image/record-image.ts';
import type { Owner } from '../image/store.ts';
import type { ImageView } from '../image/view.ts';
import { type Moderate, moderatePicture } from '../moderation/moderate-picture.ts';
import { digestOf } from '../photo/find-kept-photo.ts';
import { acceptImage } from '../picture/accept-image.ts';
import { sniffPicture } from '../picture/sniff-picture.ts';
import { type PictureType, pictureLimits } from '../policy.ts';
import { insertSentFile } from '../sent/store.ts';
import { commitFiles, putPicture, putSentPicture } from '../storage/commit-files.ts';
import { finishUpload } from './store.ts';

/** A picture as it was sent, whosever it is. */
type Sent = {
  readonly fileName: string;
  /** Bytes, or the path of a file on this machine. */
  readonly source: Buffer | string;
  /** The upload it came by, finished in the same transaction, so that it can become one image only. */
  readonly uploadId?: string;
  /** What else belongs to taking it in, in the same transaction: an album it was sent to. */
  readonly place?: (tx: Tx, imageId: string) => Promise<void>;
  /** Who looks at it; the local check when left out. */
  readonly moderate?: Moderate;
};

/**
 * Takes a user's photo in: accepted by its content, stored, recorded and charged. A refusal at any point
 * leaves no row, no file and no charge.
 */
export function addPhoto(sent: Sent & { readonly userId: string }): Promise<Result<ImageView>> {
  return addImage({ userId: sent.userId }, sent);
}

/** The same for an image of a vendor's gallery, with the file as it was sent where that is to be kept. */
export function addGalleryImage(sent: SentToGallery): Promise<Result<ImageView>> {
  return addImage({ vendorId: sent.vendorId }, sent);
}

type SentToGallery = Sent & { readonly vendorId: string; readonly keepsSent?: boolean | undefined };

/** The file that came, to be kept beside its picture. Its type is by its content. */
type SentFile = { readonly fileId: string; readonly bytes: Buffer; readonly type: PictureType };

function sentFileOf(source: Buffer | string): Result<SentFile> {
  if (!Buffer.isBuffer(source)) throw new Error('what is kept as it was sent comes as bytes');
  const type = sniffPicture(source);
  return type.ok ? succeed({ fileId: newRandomId(), bytes: source, type: type.value }) : type;
}

async function addImage(
  owner: Owner,
  {
    fileName,
    source,
    uploadId,
    place,
    keepsSent = false,
    moderate = moderatePicture,
  }: Omit<SentToGallery, 'vendorId'>,
): Promise<Result<ImageView>> {
  const maxBytes = keepsSent ? pictureLimits.maxSentBytes : pictureLimits.maxBytes;
  const accepted = await acceptImage(source, 'userId' in owner ? owner.userId : owner.vendorId, maxBytes);
  if (!accepted.ok) return accepted;
  const picture = accepted.value;
  const verdict = await moderate(picture.variants.w640.bytes);
  if (verdict.moderation === 'refused') return fail('file.refused', 'refused by the local check');
  const sent = keepsSent && 'vendorId' in owner ? sentFileOf(source) : null;
  if (sent && !sent.ok) return sent;
  const fileId = newRandomId();
  const kept = await (sent
    ? putSentPicture(fileId, picture, sent.value)
    : putPicture(fileId, picture, 'private'));
  if (!kept.ok) return kept;

  const type = 'userId' in owner ? 'user' : 'vendor';
  const sentSha256 = type === 'user' && Buffer.isBuffer(source) ? digestOf(source) : null;
  return commitFiles<ImageView>(
    async (tx) => {
      const image = await recordImage(tx, { owner, type, fileName, fileId, picture, verdict, sentSha256 });
      if (uploadId !== undefined && !(await finishUpload(tx, uploadId, image))) {
        return fail('state.illegal', 'this upload was finished elsewhere');
      }
      if (sent && 'vendorId' in owner) {
        const { bytes, ...file } = sent.value;
        const byteSize = bytes.length;
        await insertSentFile(tx, owner.vendorId, image.id, { ...file, byteSize, sha256: digestOf(bytes) });
      }
      await place?.(tx, image.id);
      return succeed({ value: image });
    },
    sent ? [fileId, sent.value.fileId] : [fileId],
  );
}
