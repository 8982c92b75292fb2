import { changes, type Scope } from '#lib/core/pages/changes.ts';
import { perProcess } from '#lib/core/per-process.ts';
import { watchRows } from './listen.ts';

const watched = perProcess<{ isWatched?: boolean }>('db.watchedChanges');

/** What everything of any gallery is kept under; plans have a scope of their own. */
export const anyGallery: Scope = 'gallery';
export const plansScope = 'plans';
export const legalScope = 'legal';
export const bannersScope = 'banners';

/** What everything of one vendor's gallery is kept under. */
export const galleryOf = (vendorId: string): Scope => `${anyGallery}:${vendorId}`;

/**
 * Has the clock of changes told what the database tells of galleries, plans, legal texts and banners, from the first call on. Code that keeps
 * something of them calls it before reading; a connection that was lost is told as a change of everything.
 */
export function watchChanges(): void {
  if (watched.isWatched) return;
  watched.isWatched = true;
  watchRows('gallery_changed', (vendorId) =>
    changes.changed(vendorId === null ? null : [anyGallery, galleryOf(vendorId)]),
  );
  watchRows('plans_changed', (told) => changes.changed(told === null ? null : [plansScope]));
  watchRows('legal_changed', (told) => changes.changed(told === null ? null : [legalScope]));
  watchRows('banners_changed', (told) => changes.changed(told === null ? null : [bannersScope]));
}
