import type { UserActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import type { LookRequest } from './input.ts';
import { requestConversions } from './request-conversions.ts';

/** One photo: see `requestConversions`, of which this is the shortest. */
export async function requestConversion(
  actor: UserActor,
  request: { imageId: string } & LookRequest,
): Promise<Result<{ id: string }>> {
  const { imageId, ...look } = request;
  const made = await requestConversions(actor, { imageIds: [imageId], ...look });
  if (!made.ok) return made;
  const [id = ''] = made.value.ids;
  return succeed({ id });
}
