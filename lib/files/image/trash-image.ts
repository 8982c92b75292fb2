import type { VendorActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { readdressImage } from './readdress-image.ts';

/** Puts a vendor's picture into the trash: nobody but the vendor sees it from then on, under any address. */
export function trashImage(actor: VendorActor, imageId: string): Promise<Result<{ url: string }>> {
  return readdressImage(actor, imageId, 'trash');
}
