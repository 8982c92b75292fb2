import { currentUser } from '#lib/auth/door/current.ts';
import { env } from '#lib/core/env/env.ts';
import type { EngineLook } from '#lib/core/env/style-env.ts';
import { missingAgreements, photoTerms } from './agree-to-photos.ts';
import { listPhotos, type PhotoPage } from './list-photos.ts';

/** The signed-in user's newest photos; none for everybody else. */
export async function getPhotoLibrary(): Promise<PhotoPage> {
  const user = await currentUser();
  return user ? listPhotos(user) : { photos: [], next: null };
}

/** What a person is asked to agree to before a first photo; `agreed` when they have. */
export type PhotoTermsView = {
  code: string;
  /** The hosted engines that could be given the photo, in their order, and what each makes (null: everything). None: our own makes all. */
  engines: { name: string; country: string; looks: readonly EngineLook[] | null }[];
  agreed: boolean;
};

export async function getPhotoTerms(): Promise<PhotoTermsView> {
  const user = await currentUser();
  const agreed = user !== null && (await missingAgreements(user.userId)).length === 0;
  const engines = env().engines.map(({ name, country, looks }) => ({ name, country, looks }));
  return { code: photoTerms().code, engines, agreed };
}
