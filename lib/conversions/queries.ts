import { cache } from 'react';
import { currentUser, requireUser } from '#lib/auth/door/current.ts';
import type { UserActor } from '#lib/core/actor.ts';
import type { Locale } from '#lib/core/i18n/routing.ts';
import { log } from '#lib/core/log.ts';
import { findImageViews } from '#lib/files/image/find-image-views.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import type { LookShades } from '#lib/gallery/look/kinds.ts';
import { remember } from '#lib/gallery/public/cache.ts';
import { isEnginePaused } from '#lib/rate-limit/spending.ts';
import { isStyleName, type LookName, type StyleName } from '#lib/styles/catalogue.ts';
import { findConversion } from './find-conversion.ts';
import { type ConversionPage, listConversions } from './history/list-conversions.ts';
import { historyQuery, isLookName, studioQuery } from './input.ts';
import { readWait, type WaitView } from './queue/read-wait.ts';
import {
  findLastPhotoId,
  findReferenceOf,
  type HistoryFilter,
  listOwnPhotoIds,
  listUsedStyles,
} from './read-store.ts';
import { findReference, findStyleKit, listOtherLooks, listStyleKits } from './reference/list-style-kits.ts';
import type { ReferenceView, StyleKit } from './reference/view.ts';
import type { ConversionView } from './view.ts';

/**
 * The signed-in user's conversion, or null when it is not one of theirs. Sends visitors to sign in. A page and its title
 * share one reading.
 */
export const getConversionPage = cache(async (locale: Locale, id: string): Promise<ConversionView | null> => {
  const found = await findConversion(await requireUser(locale), id);
  return found.ok ? found.value : null;
});

/** More looks of the shop that the signed-in user's conversion was made in; none when they cannot be read. */
export async function getOtherLooks({ credit }: ConversionView): Promise<ReferenceView[]> {
  try {
    return credit ? await listOtherLooks(credit) : [];
  } catch (error) {
    // The result stands above them, and is what one came for.
    log.error({ err: error }, 'the other looks of a shop could not be read');
    return [];
  }
}

/** What the history shows, and what else of it could be asked for. */
export type HistoryPage = ConversionPage & { filter: HistoryFilter; styles: LookName[] };

/** A page of the signed-in user's history, as its address asks for it. Sends visitors to sign in. */
export async function getHistoryPage(locale: Locale, query: unknown): Promise<HistoryPage> {
  const user = await requireUser(locale);
  const { filter, cursor } = historyQuery.parse(query);
  const [page, styles] = await Promise.all([
    listConversions(user, { filter, cursor }),
    listUsedStyles(user.userId),
  ]);
  return { ...page, filter, styles: styles.filter(isLookName) };
}

/** What the address of the studio brings along. A reference that visitors do not see is `gone`. */
export type StudioDraft = {
  photos: ImageView[];
  style: StyleName | null;
  reference: ReferenceView | 'gone' | null;
  /** More looks of its shop, to be tried in a row. */
  beside: readonly ReferenceView[];
  /** The photo that was used last, where the address brings a look and no photo. */
  last: ImageView | null;
  /** Shades that were chosen of its card. */
  shades: LookShades | null;
  /** How much of the look; null for all of it. */
  strength: number | null;
};

/**
 * The photos and the look that an address names, as far as they are the user's own and there; visitors have no photos.
 * An earlier conversion brings its photo and the look it was made in, to be changed from there.
 */
export async function getStudioDraft(query: unknown): Promise<StudioDraft> {
  const user = await currentUser();
  const { photo, again, style, reference, kit, shade, strength } = studioQuery.parse(query);
  const bringsLook = Boolean(style || reference || kit);
  const [own, earlier, found, lastId] = await Promise.all([
    user ? listOwnPhotoIds(user.userId, photo) : ([] as string[]),
    user && again ? findConversion(user, again) : null,
    reference ? shownReference(reference) : null,
    user && bringsLook ? findLastPhotoId(user.userId) : null,
  ]);
  const images = await findImageViews(lastId ? [...own, lastId] : own);
  const photos = own.map((id) => images.get(id)).filter((one) => one !== undefined);
  const source = earlier?.ok ? earlier.value.source : null;
  if (source && !own.includes(source.id)) photos.push(source);
  const last = (photos.length === 0 && lastId && images.get(lastId)) || null;
  if (user && earlier?.ok && !style && !reference) {
    const look = await lookOf(user, earlier.value);
    return {
      photos,
      last,
      ...look,
      beside: await looksBeside(look.reference),
      strength: earlier.value.strength,
    };
  }
  return {
    photos,
    last,
    style: style ?? null,
    reference: reference ? (found ?? 'gone') : null,
    beside: await looksBeside(found),
    shades: (found && shade) ?? null,
    strength: strength ?? null,
  };
}

/** With the look itself, three rows of three on a desk. */
const mostBeside = 8;

/** More looks of a look's shop, the more of its kind first. The look that was asked for does without them. */
async function looksBeside(reference: ReferenceView | null): Promise<readonly ReferenceView[]> {
  if (!reference) return [];
  const { image, title, handle, businessName, look } = reference;
  const credit = { kind: look.kind, picture: { id: image.id, title }, shop: { handle, name: businessName } };
  try {
    return await remember(`beside:${image.id}`, async () => ({
      value: (await listOtherLooks(credit)).slice(0, mostBeside),
      scope: 'anyVendor',
    }));
  } catch (error) {
    log.error({ err: error }, 'the other looks of a shop could not be read');
    return [];
  }
}

/** What an earlier conversion was made in; of a picture that was withdrawn nothing. */
async function lookOf(
  { userId }: UserActor,
  { id, style }: ConversionView,
): Promise<{ style: StyleName | null; reference: ReferenceView | null; shades: LookShades | null }> {
  if (isStyleName(style)) return { style, reference: null, shades: null };
  const was = await findReferenceOf(userId, id);
  const reference = was && (await findReference(was.reference));
  // Shades that the gallery says itself are no choice.
  const isChosen = JSON.stringify(was?.shades) !== JSON.stringify(reference?.look.shades);
  return { style: null, reference, shades: reference && isChosen ? (was?.shades ?? null) : null };
}

const shownReference = (imageId: string): Promise<ReferenceView | null> =>
  remember(`reference:${imageId}`, async () => {
    const value = await findReference(imageId);
    return { value, scope: value && 'anyVendor' };
  });

/** Those of these pictures that visitors see, to be tried on. */
export async function getShownLooks(imageIds: readonly string[]): Promise<ReferenceView[]> {
  const found = await Promise.all(imageIds.map(shownReference));
  return found.filter((one) => one !== null);
}

const shownKits = (): Promise<readonly StyleKit[]> =>
  remember('styleKits', async () => ({ value: (await listStyleKits()).items, scope: 'anyVendor' }));

/** The sets of looks that the studio offers, the one that its address names first; null when they cannot be read. */
export async function getStudioKits(query: unknown): Promise<{ kits: StyleKit[]; named: boolean } | null> {
  const { kit } = studioQuery.parse(query);
  try {
    const [kits, named] = await Promise.all([shownKits(), kit ? findStyleKit(kit) : null]);
    const others = kits.filter(({ albumId }) => albumId !== named?.albumId);
    return { kits: named ? [named, ...others] : others, named: named !== null };
  } catch (error) {
    // The styles of our own are there all the same.
    log.error({ err: error }, 'the style kits could not be read');
    return null;
  }
}

/** How long a conversion would take if the signed-in user asked for it now; null for everybody else. */
export async function getWait(): Promise<WaitView | null> {
  const user = await currentUser();
  return user && readWait(user);
}

/** Whether no more conversions are made today, because what the hosted engine may cost in a day was spent. */
export async function getEnginePause(isPaying: boolean): Promise<boolean> {
  return isEnginePaused(isPaying);
}
