import { makeZip, predictLength } from 'client-zip';
import { cookieOf } from '#lib/auth/door/request-cookie.ts';
import { answerFailure, notKept } from '#lib/core/answer.ts';
import { log } from '#lib/core/log.ts';
import { downloadName } from '#lib/files/image/clean-name.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { checkLimit } from '#lib/rate-limit/check-limit.ts';
import { clientAddress } from '#lib/rate-limit/client-address.ts';
import { findAlbumLink } from './find-album-link.ts';
import { addToLog, type LinkedImageRow, listLinkedImages } from './store.ts';

const notFound = () => new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });

/** More than any album of ours holds; only names and sizes of them are in memory. */
const mostImages = 10_000;

/** A name that is safe on every system, the same for nobody else: the place in the album comes first. */
export function entryName(
  image: Pick<LinkedImageRow, 'title' | 'fileName'>,
  index: number,
  of: number,
): string {
  const place = String(index + 1).padStart(Math.max(2, String(of).length), '0');
  return `${place} ${downloadName(image.title ?? image.fileName, 'image/jpeg')}`;
}

/**
 * A linked album as one ZIP file, made while it is sent: one picture's stream at a time, nothing compressed again,
 * its length known beforehand. Ends in the middle when the link ends in the middle. Only where the link allows it.
 */
export async function zipAlbum(request: Request, token: string): Promise<Response> {
  const browser = (name: string) => cookieOf(request, name);
  const found = await findAlbumLink(token, browser);
  if (!found?.isOpen || !found.link.mayDownload) return notFound();
  const { link } = found;
  const room = await checkLimit('link.download', {
    address: clientAddress(request.headers),
    link: link.id,
  });
  if (!room.ok) return answerFailure(room);
  const images = await listLinkedImages(link, { after: null, limit: mostImages });
  if (images.length === 0) return notFound();
  await addToLog(link.id, 'downloads');

  const entries = images.map((image, index) => ({
    image,
    name: entryName(image, index, images.length),
    lastModified: image.createdAt,
    size: image.byteSize,
  }));
  async function* files() {
    for (const { image, name, lastModified, size } of entries) {
      if (!(await findAlbumLink(token, browser))?.isOpen) throw new Error('the link has ended');
      const bytes = await fileStore().open(image.fileId, 'original');
      if (!bytes) throw new Error(`image ${image.id} is gone`);
      yield { name, lastModified, size, input: bytes.stream };
    }
  }
  const title = encodeURIComponent(`${downloadName(link.albumName, 'image/jpeg').replace(/\.jpg$/, '')}.zip`);
  const stream = makeZip(logged(files(), link.id));
  return new Response(stream, {
    headers: {
      'content-type': 'application/zip',
      'content-length': String(predictLength(entries)),
      'content-disposition': `attachment; filename*=UTF-8''${title.replace(/['()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)}`,
      'cache-control': notKept,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    },
  });
}

/** The archive breaks off where a file does; why stands in the log. */
async function* logged<T>(files: AsyncGenerator<T>, linkId: string): AsyncGenerator<T> {
  try {
    yield* files;
  } catch (error) {
    log.warn({ err: error, linkId }, 'an album was not sent to its end');
    throw error;
  }
}
