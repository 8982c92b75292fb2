import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { pictureLanes, pictureRetrySeconds, sharp } from '#lib/core/threads/image-runtime.ts';
import { readOriginal } from '#lib/files/image/read-image.ts';
import { findConversion } from '../find-conversion.ts';
import type { ConversionView } from '../view.ts';

/** A result as PNG, and what it is of. */
export type PngResult = { bytes: Buffer; conversion: ConversionView };

/**
 * The actor's result as PNG, in its full size; made anew each time, at most one a time in this process.
 * Fails with `notFound` when there is no such result, `service.unavailable` when too many pictures wait.
 */
export async function makePng(actor: UserActor, id: string): Promise<Result<PngResult>> {
  const found = await findConversion(actor, id);
  if (!found.ok) return found;
  const { result } = found.value;
  if (!result) return fail('notFound', `conversion ${id} has no result`);
  const original = await readOriginal(result.id);
  if (!original.ok) return fail('notFound', original.detail);
  // The whole width of the slots: a PNG of four megapixels takes a second and forty megabytes.
  const bytes = await pictureLanes.run({ lane: 'person', weight: 2, whose: actor.userId }, () =>
    sharp(original.value).png({ compressionLevel: 6 }).toBuffer(),
  );
  if (!bytes)
    return fail('service.unavailable', 'too many pictures are waiting', {
      retryAfterSeconds: pictureRetrySeconds,
    });
  return succeed({ bytes, conversion: found.value });
}
