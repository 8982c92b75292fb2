import type { VendorActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { readdressImage } from './readdress-image.ts';

/** Lets everybody see a vendor's picture, under a new address. */
export function publishImage(actor: VendorActor, imageId: string): Promise<Result<{ url: string }>> {
  return readdressImage(actor, imageId, 'public');
}
