import type { VendorActor } from '#lib/core/actor.ts';
import type { Result } from '#lib/core/result.ts';
import { addGalleryImage } from '#lib/files/upload/add-photo.ts';
import { newVendor } from './files.ts';
import { quarters } from './pictures.ts';

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return result.value;
}

/** A vendor as actions know one. */
export async function vendorActor(): Promise<VendorActor> {
  const { vendorId } = await newVendor();
  return { kind: 'vendor', vendorId, sessionId: '' };
}

let made = 0;

/** A small picture like no other, unless told which. */
export function pictureOf(width = 0): Promise<Buffer> {
  made += 1;
  return quarters(width || 40 + (made % 200), 40 + Math.floor(made / 200))
    .jpeg()
    .toBuffer();
}

/** Brings pictures into a vendor's gallery, through the real path; answers their ids. */
export async function bring(actor: VendorActor, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const source = await pictureOf();
    const fileName = `look-${n + 1}.jpg`;
    ids.push(must(await addGalleryImage({ vendorId: actor.vendorId, fileName, source })).id);
  }
  return ids;
}
