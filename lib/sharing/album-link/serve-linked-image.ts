import { cookieOf } from '#lib/auth/door/request-cookie.ts';
import { notKept } from '#lib/core/answer.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import { findAlbumLink } from './find-album-link.ts';
import { findLinkedImage } from './store.ts';

const notFound = () => new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });

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
  const image = await findLinkedImage(link.albumId, imageId);
  if (!image) return notFound();
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
