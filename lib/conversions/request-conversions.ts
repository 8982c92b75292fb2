import { randomUUID } from 'node:crypto';
import type { UserActor } from '#lib/core/actor.ts';
import { type Result, succeed } from '#lib/core/result.ts';
import { isUniqueViolation } from '#lib/db/sql-errors.ts';
import { transactAtOnce } from '#lib/db/transact.ts';
import { agreeToPhotos } from '#lib/files/photo/agree-to-photos.ts';
import { refuseEngine } from '#lib/rate-limit/spending.ts';
import { admissionPrices, looksAsMade } from './engine/admit-engines.ts';
import { type LookRequest, lookOn, looksOf, type PhotoTaps } from './input.ts';
import { checkLooks } from './photo-check/check-looks.ts';
import { findRequested, type NewConversion, requestAll } from './store.ts';

/** `requestKey`: what the browser calls this request; sent again, it is answered with what was made of it. */
type Wanted = {
  imageIds: readonly string[];
  requestKey?: string | undefined;
  photoTaps?: PhotoTaps | undefined;
  agreedTo?: string | undefined;
} & (LookRequest | { looks: readonly LookRequest[] });

/**
 * Charges one conversion for each photo in each look, records them and queues their jobs: all of them or none. A request whose
 * answer was lost may be sent again under its key and is charged once. Fails with `notFound` for a photo that is
 * not the actor's or a reference that visitors do not see, `quota.exceeded` when fewer are left,
 * `conversion.no…` for a photo that has nobody, or nothing, to try a look on, `conversion.tooManyWaiting` when more than ten would wait, `spending.paused` when no
 * more is spent on hosted engines today, `agreement.required` when the photo would be sent to somebody the person has not agreed to, `account.*` when the account may not convert.
 */
export async function requestConversions(
  { userId }: UserActor,
  request: Wanted,
): Promise<Result<{ ids: string[] }>> {
  const { imageIds, requestKey = null, photoTaps, agreedTo } = request;
  const looks = await looksAsMade(looksOf(request));
  const made = async () => {
    const ids = requestKey ? await findRequested(userId, requestKey) : [];
    return ids.length > 0 ? succeed({ ids }) : null;
  };
  if (looks.some((look) => 'reference' in look)) {
    // A photo is looked at before anything is locked, and not again for a request that was granted.
    const before = await made();
    if (before) return before;
    const possible = await checkLooks(userId, imageIds, looks, photoTaps);
    if (!possible.ok) return possible;
  }
  const agreed = agreedTo === undefined ? succeed(null) : await agreeToPhotos(userId, agreedTo);
  const prices = agreed.ok ? await admissionPrices(userId, looks) : agreed;
  if (!prices.ok) return (await made()) ?? prices;
  const conversions = imageIds.flatMap((imageId) =>
    looks.map((look) => toNewConversion(imageId, lookOn(look, imageId, photoTaps))),
  );
  const ids = conversions.map(({ id }) => id);
  try {
    for (const price of prices.value) {
      const recorded = await transactAtOnce(
        (commit) => requestAll(commit, { userId, conversions, requestKey, price }),
        async () => ids,
      );
      if (recorded.ok) return succeed({ ids: recorded.value });
      // Refused, perhaps, by what the same request has just used up.
      if (recorded.code !== 'spending.paused') return (await made()) ?? recorded;
    }
    return (await made()) ?? refuseEngine();
  } catch (error) {
    const twin = isUniqueViolation(error) ? await made() : null;
    if (twin) return twin;
    throw error;
  }
}

function toNewConversion(imageId: string, look: LookRequest): NewConversion {
  const id = randomUUID();
  // The whole look is what is meant without a strength: of one request there is one way to say it.
  const part = look.strength !== undefined && look.strength < 1 ? { strength: look.strength } : {};
  if ('style' in look) {
    return { id, imageId, style: look.style, styleImageId: null, chosen: 'strength' in part ? part : null };
  }
  const { reference, shades, taps } = look;
  const chosen = { ...(shades ? { shades } : {}), ...(taps?.length ? { taps } : {}), ...part };
  return { id, imageId, style: 'reference', styleImageId: reference, chosen };
}

/** One photo: see `requestConversions`, of which this is the shortest. */
export async function requestConversion(
  actor: UserActor,
  request: { imageId: string; requestKey?: string | undefined } & LookRequest,
): Promise<Result<{ id: string }>> {
  const { imageId, ...look } = request;
  const made = await requestConversions(actor, { imageIds: [imageId], ...look });
  if (!made.ok) return made;
  const [id = ''] = made.value.ids;
  return succeed({ id });
}
