import { currentUser, currentVendor } from '#lib/auth/current.ts';
import { photoTerms } from './agree-to-photos.ts';
import { hasAgreed } from './agreement-store.ts';
import { listOwnImages } from './image-store.ts';
import { type LibraryImage, toLibraryImage } from './view.ts';

const most = 60;

/** The signed-in user's photos, newest first; none for everybody else. */
export async function getPhotoLibrary(): Promise<LibraryImage[]> {
  const user = await currentUser();
  return user ? (await listOwnImages({ userId: user.userId }, most)).map(toLibraryImage) : [];
}

/** The signed-in vendor's pictures, newest first; none for everybody else. */
export async function getGalleryImages(): Promise<LibraryImage[]> {
  const vendor = await currentVendor();
  return vendor ? (await listOwnImages({ vendorId: vendor.vendorId }, most)).map(toLibraryImage) : [];
}

/** What a person is asked to agree to before a first photo; `agreed` when they have. */
export type PhotoTermsView = { code: string; engine: string; country: string; agreed: boolean };

export async function getPhotoTerms(): Promise<PhotoTermsView> {
  const user = await currentUser();
  const { code, ...agreement } = photoTerms();
  const { engine, country } = agreement;
  return { code, engine, country, agreed: user !== null && (await hasAgreed(user.userId, agreement)) };
}
