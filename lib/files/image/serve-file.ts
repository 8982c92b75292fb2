import { createHmac } from 'node:crypto';
import { recordRefusal } from '#lib/audit/record-refusal.ts';
import type { UserActor, VendorActor } from '#lib/core/actor.ts';
import { answerFailure, notKept } from '#lib/core/answer.ts';
import { isFromElsewhere } from '#lib/core/http/same-site.ts';
import { isRandomId } from '#lib/core/random-id.ts';
import { deriveKey } from '#lib/core/secrets.ts';
import { isVariantName, type VariantName, variantTypes } from '../policy.ts';
import type { FileStore } from '../storage/file-store.ts';
import { answerRange, attachment } from './answer-range.ts';
import { downloadName } from './clean-name.ts';
import { readCard } from './read-card.ts';
import { isSignedFor } from './sign-url.ts';
import { findStoredFile, noteMissing } from './store.ts';

export type ServePorts = {
  readonly store: FileStore;
  readonly userOf: (request: Request) => Promise<UserActor | null>;
  readonly vendorOf: (request: Request) => Promise<VendorActor | null>;
};

/**
 * Public images may be shown from a cache for this long without asking. Unpublishing gives an image a new address,
 * but an account that is suspended keeps its own: after this minute every cache asks, and finds nothing.
 */
const publicSeconds = 60;

/**
 * Answers with a stored image: a public one to everybody, a private one to its owner's session or to a
 * query that we signed less than a minute ago. Whatever may not be seen is not found.
 */
export async function serveFile(
  request: Request,
  id: string,
  variant: string,
  ports: ServePorts,
): Promise<Response> {
  if (!isRandomId(id) || !isVariantName(variant)) return notFound();
  const file = await findStoredFile(id);
  if (!file) return notFound();
  const query = new URL(request.url).searchParams;
  const visible =
    file.isPublic || isSignedFor(id, variant, query) || (await isOwner(request, id, file, ports));
  if (!visible) return notFound();

  const headers = headersFor(id, variant, file.isPublic, query);
  if (isKnown(request, headers)) return new Response(null, { status: 304, headers });

  const size = file.sizes[variant]?.bytes;
  if (size === undefined) return notFound();
  const answer = await answerRange(request, headers, size, (range) => ports.store.open(id, variant, range));
  if (answer) return answer;
  await noteLoss(id, ports.store);
  return notFound();
}

/** Who looks at a picture whose bytes are gone is the first to notice: it is watched from now on, as if it had been looked at. */
async function noteLoss(id: string, store: FileStore): Promise<void> {
  const original = await store.open(id, 'original', { start: 0, end: 0 });
  await original?.stream.cancel();
  if (original === null) await noteMissing([id]);
}

/**
 * Answers with the card of a public picture (1200 x 630, JPEG), which other sites show beside a link to it. There is none
 * of a private one.
 */
export async function serveCard(id: string): Promise<Response> {
  const file = isRandomId(id) ? await findStoredFile(id) : null;
  if (!file?.isPublic) return notFound();
  const card = await readCard(id, 'visitor');
  if (!card.ok) return card.code === 'notFound' ? notFound() : answerFailure(card);
  const headers = headersFor(id, 'original', true, new URLSearchParams());
  headers.set('content-type', 'image/jpeg');
  headers.set('content-length', String(card.value.length));
  headers.delete('etag');
  headers.delete('accept-ranges');
  // Shown by other sites: that is what it is for.
  headers.set('cross-origin-resource-policy', 'cross-origin');
  return new Response(new Uint8Array(card.value), { headers });
}

/** Only its owner's session opens a private image; somebody else's is written down. */
async function isOwner(
  request: Request,
  id: string,
  file: { userId: string | null; vendorId: string | null },
  { userOf, vendorOf }: ServePorts,
): Promise<boolean> {
  const user = await userOf(request);
  if (file.userId !== null && user?.userId === file.userId) return true;
  const vendor = await vendorOf(request);
  if (file.vendorId !== null && vendor?.vendorId === file.vendorId) return true;
  const stranger = user ?? vendor;
  // A page of somebody else can have any image asked for: that is nothing that its reader did.
  if (stranger && !isFromElsewhere(request.headers)) await recordRefusal(stranger, id, 'file.read');
  return false;
}

/** Says whether it is the same picture, and nothing of where it is stored: a link shows pictures under its own address. */
export function etagOf(id: string, variant: VariantName): string {
  const tag = createHmac('sha256', deriveKey('files.etag')).update(`${id}|${variant}`).digest('base64url');
  return `"${tag.slice(0, 22)}"`;
}

function headersFor(id: string, variant: VariantName, isPublic: boolean, query: URLSearchParams): Headers {
  const headers = new Headers({
    'content-type': variantTypes[variant],
    etag: etagOf(id, variant),
    'accept-ranges': 'bytes',
    'cache-control': isPublic ? `public, max-age=${publicSeconds}, must-revalidate` : notKept,
    // Even if a picture could be read as a page, it could do nothing there.
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  });
  const name = query.get('download');
  if (name !== null) {
    headers.set('content-disposition', attachment(downloadName(name, variantTypes[variant])));
  }
  return headers;
}

function isKnown(request: Request, headers: Headers): boolean {
  const known = request.headers.get('if-none-match')?.split(',') ?? [];
  const etag = headers.get('etag') ?? '';
  return known.some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag);
}

function notFound(): Response {
  return new Response(null, { status: 404, headers: { 'cache-control': 'no-store' } });
}
