import type { VendorActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { readdressImage } from './readdress-image.ts';

/** Takes a vendor's picture back: copies that others keep under its old address lead nowhere. */
export function unpublishImage(actor: VendorActor, imageId: string): Promise<Result<{ url: string }>> {
  return readdressImage(actor, imageId, 'private');
}
