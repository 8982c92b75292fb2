import { createHash } from 'node:crypto';
import type { UserActor } from '#lib/core/actor.ts';
import { notKept } from '#lib/core/answer.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { pictureLanes, pictureRetrySeconds, sharp } from '#lib/core/threads/image-runtime.ts';
import { answerRange, attachment } from '#lib/files/image/answer-range.ts';
import { downloadName } from '#lib/files/image/clean-name.ts';
import { readOriginal } from '#lib/files/image/read-image.ts';
import { creditPacket, withPacket } from '#lib/files/picture/credit-packet.ts';
import { creditText } from '#lib/gallery/look/credit-text.ts';
import { findConversion } from '../find-conversion.ts';
import type { ConversionView } from '../view.ts';

/** In what a result is saved. */
export const resultFormats = ['jpeg', 'png'] as const;
export type ResultFormat = (typeof resultFormats)[number];

/**
 * The kept bytes of a result, with whose look it is written into the file: the picture that was paid for stays as it is.
 * Written at each request, as on the card: what visitors do not see any more is not named. Fails as
 * {@link readOriginal} does.
 */
export async function readCredited({
  id,
  credit,
}: Pick<ConversionView, 'credit'> & { id: string }): Promise<Result<Buffer>> {
  const original = await readOriginal(id);
  const packet = packetOf(credit);
  return original.ok && packet ? succeed(withPacket(original.value, packet)) : original;
}

function packetOf(credit: ConversionView['credit']): string | null {
  const text = creditText(credit);
  return text === null ? null : creditPacket(`${text} · AI Stayler`);
}

/**
 * Answers with the actor's result as a file in its full size, whose look it is written into it; with a name, to be saved
 * under that. A PNG is made anew each time, at most one a time in this process. Fails with `notFound` when there is no such
 * result, `service.unavailable` when too many pictures wait.
 */
export async function serveResult(
  request: Request,
  actor: UserActor,
  id: string,
  { format, name }: { format: ResultFormat; name?: string | undefined },
): Promise<Result<Response>> {
  const found = await findConversion(actor, id);
  if (!found.ok) return found;
  const { result, credit } = found.value;
  if (!result) return fail('notFound', `conversion ${id} has no result`);
  const jpeg = await readCredited({ id: result.id, credit });
  if (!jpeg.ok) return fail('notFound', jpeg.detail);
  const bytes = format === 'jpeg' ? jpeg.value : await toPng(jpeg.value, actor);
  if (!bytes)
    return fail('service.unavailable', 'too many pictures are waiting', {
      retryAfterSeconds: pictureRetrySeconds,
    });
  const type = `image/${format}`;
  const headers = new Headers({
    'content-type': type,
    etag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
    'accept-ranges': 'bytes',
    'cache-control': notKept,
    'x-content-type-options': 'nosniff',
  });
  if (name !== undefined) headers.set('content-disposition', attachment(downloadName(name, type)));
  const answer = await answerRange(request, headers, bytes.length, async (range) => {
    const part = range ? bytes.subarray(range.start, range.end + 1) : bytes;
    return { stream: new Blob([new Uint8Array(part)]).stream(), size: part.length };
  });
  return answer ? succeed(answer) : fail('notFound', `conversion ${id} has no bytes`);
}

/** Null when too many pictures wait. */
function toPng(jpeg: Buffer, { userId }: UserActor): Promise<Buffer | null> {
  // The whole width of the slots: a PNG of four megapixels takes a second and forty megabytes.
  return pictureLanes.run({ lane: 'person', weight: 2, whose: userId }, async () =>
    sharp(jpeg).keepXmp().png({ compressionLevel: 6 }).toBuffer(),
  );
}
