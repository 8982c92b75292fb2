import { currentUser } from '#lib/auth/door/current.ts';
import { photoTerms } from './agree-to-photos.ts';
import { listPhotos, type PhotoPage } from './list-photos.ts';
import { hasAgreed } from './store.ts';

/** The signed-in user's newest photos; none for everybody else. */
export async function getPhotoLibrary(): Promise<PhotoPage> {
  const user = await currentUser();
  return user ? listPhotos(user) : { photos: [], next: null };
}

/** What a person is asked to agree to before a first photo; `agreed` when they have. */
export type PhotoTermsView = { code: string; engine: string; country: string; agreed: boolean };

export async function getPhotoTerms(): Promise<PhotoTermsView> {
  const user = await currentUser();
  const { code, ...agreement } = photoTerms();
  const { engine, country } = agreement;
  return { code, engine, country, agreed: user !== null && (await hasAgreed(user.userId, agreement)) };
}
