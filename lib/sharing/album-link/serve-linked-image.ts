import { cookieOf } from '#lib/auth/door/request-cookie.ts';
import { answerFailure, notKept } from '#lib/core/answer.ts';
import { fail } from '#lib/core/result.ts';
import { pictureRetrySeconds } from '#lib/core/threads/image-runtime.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { serveSent } from '#lib/files/sent/serve-sent.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { findAlbumLink } from './find-album-link.ts';
import { isMarkedSize, readMarked } from './mark-picture.ts';
import { findLinkedImage } from './store.ts';

const notFound = () => new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });

/** What a link's address asks for beside the sizes: the file as it was sent. */
export const sentVariant = 'sent';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Answers with an image of a linked album in one of its kept sizes, while the link is alive and open to this
 * browser; with `?download`, as a file to save, where the link allows that. Nothing may keep a copy: the next
 * request after the link's end is not found.
 */
export async function serveLinkedImage(
  request: Request,
  { token, imageId, variant }: { token: string; imageId: string; variant: string },
): Promise<Response> {
  const found = await findAlbumLink(token, (name) => cookieOf(request, name));
  if (!found?.isOpen || !uuid.test(imageId)) return notFound();
  const { link } = found;
  const url = new URL(request.url);
  const wantsFile = url.searchParams.has('download');
  // What may not be taken along is shown in the sizes of pages, never as it was sent.
  if (!link.mayDownload && (wantsFile || variant === 'original')) return notFound();
  if (variant === sentVariant && !link.givesSent) return notFound();
  const image = await findLinkedImage(link.albumId, imageId);
  if (!image) return notFound();
  if (variant === sentVariant) {
    return image.sent ? serveSent(request, { ...image.sent, fileName: image.fileName }) : notFound();
  }
  if (link.hasMark && !wantsFile && variant !== 'original')
    return serveMarked(image.fileId, variant, link.businessName);
  if (wantsFile) url.searchParams.set('download', image.title ?? image.fileName);
  const asked = new Request(url, { method: request.method, headers: request.headers });
  // The link speaks for the owner, for this one image.
  const answer = await serveFile(asked, image.fileId, variant, {
    store: fileStore(),
    userOf: async () => null,
    vendorOf: async () => ({ kind: 'vendor', vendorId: link.vendorId, sessionId: '' }),
  });
  // What is public elsewhere is private here: the link can end any moment.
  answer.headers.set('cache-control', notKept);
  return answer;
}

/** The same with the shop's name over it. There is no other way to these sizes while the link says so. */
async function serveMarked(fileId: string, variant: string, name: string): Promise<Response> {
  const marked = isMarkedSize(variant) ? await readMarked(fileId, variant, name) : null;
  if (marked === 'busy') {
    const retryAfterSeconds = pictureRetrySeconds;
    return answerFailure(
      fail('service.unavailable', 'too many pictures are being made', { retryAfterSeconds }),
    );
  }
  if (!marked) return notFound();
  return new Response(new Uint8Array(marked), {
    headers: {
      'content-type': 'image/webp',
      'content-length': String(marked.length),
      'cache-control': notKept,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    },
  });
}
