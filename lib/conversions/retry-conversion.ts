import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result } from '#lib/core/result.ts';
import { isStyleName } from '#lib/styles/catalogue.ts';
import { findConversion } from './find-conversion.ts';
import { findReferenceOf } from './read-store.ts';
import { requestConversion } from './request-conversions.ts';

/**
 * Asks for the same again after a failure: a new conversion, charged like any other. Fails with `notFound`
 * when it is not the actor's or its photo or reference is gone, `state.illegal` when it has not failed, and
 * like `requestConversions`, whose `requestKey` this is.
 */
export async function retryConversion(
  actor: UserActor,
  id: string,
  requestKey?: string,
): Promise<Result<{ id: string }>> {
  const found = await findConversion(actor, id);
  if (!found.ok) return found;
  const { status, source, style } = found.value;
  const strength = found.value.strength ?? undefined;
  if (status !== 'failed') return fail('state.illegal', `conversion ${id} has not failed`);
  if (!source) return fail('notFound', `the photo of conversion ${id} is gone`);
  const reference = isStyleName(style) ? null : await findReferenceOf(actor.userId, id);
  if (reference) {
    const { shades, taps, reference: picture } = reference;
    return requestConversion(actor, {
      imageId: source.id,
      reference: picture,
      shades: shades ?? undefined,
      taps: taps ?? undefined,
      strength,
      requestKey,
    });
  }
  if (!isStyleName(style)) return fail('notFound', `the reference of conversion ${id} is gone`);
  return requestConversion(actor, { imageId: source.id, style, strength, requestKey });
}
