import { makeZip, predictLength } from 'client-zip';
import { cookieOf } from '#lib/auth/door/request-cookie.ts';
import { answerFailure, notKept } from '#lib/core/answer.ts';
import { log } from '#lib/core/log.ts';
import { attachment } from '#lib/files/image/answer-range.ts';
import { downloadName } from '#lib/files/image/clean-name.ts';
import { sentName } from '#lib/files/sent/sent-name.ts';
import type { SentFile } from '#lib/files/sent/store.ts';
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
 * What is given as it was sent, under the names it came with; of two files of one name the second is "name (2)", whatever
 * their letters' case. A picture that has no such file is given as it is kept.
 */
function withSentNames<Image extends Pick<LinkedImageRow, 'fileName' | 'sent'>>(
  images: readonly Image[],
): readonly { image: Image; sent: SentFile | null; name: string }[] {
  const taken = new Set<string>();
  return images.map((image) => {
    const { fileName, sent } = image;
    const whole = sent ? sentName(fileName, sent.type) : downloadName(fileName, 'image/jpeg');
    const [, base = whole, ending = ''] = /^(.*?)(\.[A-Za-z0-9]+)?$/.exec(whole) ?? [];
    let name = whole;
    for (let at = 2; taken.has(name.toLowerCase()); at += 1) name = `${base} (${at})${ending}`;
    taken.add(name.toLowerCase());
    return { image, sent, name };
  });
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

  const named = link.givesSent
    ? withSentNames(images)
    : images.map((image, index) => ({ image, sent: null, name: entryName(image, index, images.length) }));
  const entries = named.map(({ image, sent, name }) => ({
    name,
    lastModified: image.createdAt,
    size: sent?.bytes ?? image.byteSize,
    image,
    fileId: sent?.fileId ?? image.fileId,
  }));
  async function* files() {
    for (const { image, fileId, name, lastModified, size } of entries) {
      if (!(await findAlbumLink(token, browser))?.isOpen) throw new Error('the link has ended');
      const bytes = await fileStore().open(fileId, 'original');
      if (!bytes) throw new Error(`image ${image.id} is gone`);
      yield { name, lastModified, size, input: bytes.stream };
    }
  }
  const title = `${downloadName(link.albumName, 'image/jpeg').replace(/\.jpg$/, '')}.zip`;
  const stream = makeZip(logged(files(), link.id));
  return new Response(stream, {
    headers: {
      'content-type': 'application/zip',
      'content-length': String(predictLength(entries)),
      'content-disposition': attachment(title),
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
