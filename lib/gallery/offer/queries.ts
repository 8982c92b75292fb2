import { log } from '#lib/core/log.ts';
import type { LookCredit } from '../look/kinds.ts';
import { findShownOffer } from './store.ts';
import { type OfferView, toOfferView } from './view.ts';

/** What is offered with the picture that a result was made in; null without one, or when it cannot be read. */
export async function getOfferOf(credit: LookCredit | null): Promise<OfferView | null> {
  if (!credit?.picture) return null;
  try {
    return toOfferView(await findShownOffer(credit.picture.id));
  } catch (error) {
    // It stands beside a result, which is what one came for.
    log.error({ err: error }, 'an offer could not be read');
    return null;
  }
}
