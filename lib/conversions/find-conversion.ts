import { recordRefusal } from '#lib/audit/record-refusal.ts';
import type { UserActor } from '#lib/core/actor.ts';
import { fail, type Result, succeed } from '#lib/core/result.ts';
import { findImageViews } from '#lib/files/image/find-image-views.ts';
import { conversionIdInput } from './input.ts';
import { findConversionRow } from './read-store.ts';
import { type ConversionView, toConversionView } from './view.ts';

/** One conversion of the actor's own. Fails with `notFound` for everything else, malformed ids included. */
export async function findConversion(actor: UserActor, id: string): Promise<Result<ConversionView>> {
  const parsed = conversionIdInput.safeParse({ id });
  const row = parsed.success ? await findConversionRow(actor.userId, parsed.data.id) : null;
  if (!row) {
    await recordRefusal(actor, id, 'conversion.read');
    return fail('notFound', `conversion ${id.slice(0, 40)} is not one of user ${actor.userId}`);
  }
  const images = await findImageViews([row.sourceImageId, row.resultImageId].filter((one) => one !== null));
  return succeed(toConversionView(row, images));
}
