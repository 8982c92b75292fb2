import type { Tx } from '#lib/db/transact.ts';
import { keepVerdict, type Verdict } from '../moderation/store.ts';
import type { PreparedPicture } from '../picture/make-variants.ts';
import { firstVariants } from '../policy.ts';
import { cleanFileName } from './clean-name.ts';
import { type ImageType, insertImage, type Owner } from './store.ts';
import { fileUrl, type ImageView } from './view.ts';

/** Writes the rows of an image whose bytes are stored under `fileId`, in the caller's transaction. */
export async function recordImage(
  tx: Tx,
  image: {
    owner: Owner;
    type: ImageType;
    fileName: string;
    fileId: string;
    picture: PreparedPicture;
    verdict: Verdict;
    /** Of the bytes that came, where they may come again. */
    sentSha256?: string | null;
  },
): Promise<ImageView> {
  const { owner, type, fileId, picture } = image;
  const { width, height, thumbhash, sha256 } = picture;
  const { bytes, mimeType } = picture.variants.original;
  const [url, thumbUrl] = [fileUrl(fileId, 'original'), fileUrl(fileId, 'w320')];
  const id = await insertImage(tx, {
    owner,
    type,
    fileName: cleanFileName(image.fileName),
    fileId,
    url,
    thumbUrl,
    mimeType,
    fileSize: bytes.length,
    width,
    height,
    thumbhash,
    sha256,
    sentSha256: image.sentSha256 ?? null,
    variants: Object.fromEntries(
      firstVariants.map((name) => {
        const variant = picture.variants[name];
        return [name, { bytes: variant.bytes.length, width: variant.width, height: variant.height }];
      }),
    ),
  });
  await keepVerdict(tx, id, image.verdict, type === 'vendor');
  return { id, url, thumbUrl, width, height, thumbhash, hasAvif: false };
}
