import { cookieOf } from '#lib/auth/door/request-cookie.ts';
import { answerFailure, notKept } from '#lib/core/answer.ts';
import { actFor } from '#lib/db/walls/acting.ts';
import { findImageViews } from '#lib/files/image/find-image-views.ts';
import { serveFile } from '#lib/files/image/serve-file.ts';
import { fileStore } from '#lib/files/storage/open-store.ts';
import type { LookCredit } from '#lib/gallery/look/kinds.ts';
import { readCreditedCard } from './credited-card.ts';
import { findResultLink } from './find-result-link.ts';

const notFound = () => new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });

/**
 * Answers with a shared result in one of its kept sizes, or as the `card` that other sites show (1200 x 630,
 * JPEG), while its link is alive and open to this browser. Nothing may keep a copy: the next request after
 * the link's end is not found.
 */
export async function serveLinkedResult(request: Request, token: string, variant: string): Promise<Response> {
  const share = await findResultLink(token, (name) => cookieOf(request, name));
  if (!share?.isOpen) return notFound();
  const { imageId, userId, credit } = share.link;
  const fileId = (await actFor(userId, () => findImageViews([imageId]))).get(imageId)?.url.split('/').at(-2);
  if (!fileId) return notFound();
  if (variant === 'card') return serveCard(fileId, credit);
  // The link speaks for the owner, for this one picture.
  const owner = { kind: 'user' as const, userId, sessionId: '' };
  return serveFile(request, fileId, variant, {
    store: fileStore(),
    userOf: async () => owner,
    vendorOf: async () => null,
  });
}

async function serveCard(fileId: string, credit: LookCredit | null): Promise<Response> {
  const card = await readCreditedCard(fileId, credit);
  if (!card.ok) return card.code === 'notFound' ? notFound() : answerFailure(card);
  return new Response(new Uint8Array(card.value), {
    headers: {
      'content-type': 'image/jpeg',
      'content-length': String(card.value.length),
      'cache-control': notKept,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    },
  });
}
