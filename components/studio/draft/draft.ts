import { conversionLimits } from '#lib/conversions/policy.ts';
import type { ImageView } from '#lib/files/image/view.ts';
import type { LookShades, Tap } from '#lib/gallery/look/kinds.ts';

/** What a photo is shown or made in: a preset by name, or a gallery's picture by its id. */
export type DraftLook = { readonly style: string } | { readonly reference: string };

/** One photo of a draft: bytes that are only on this device, or a photo that the server keeps. */
export type DraftPhoto = {
  readonly key: string;
  readonly name: string;
  /** The server's, once it has it. */
  readonly image: ImageView | null;
  /** Nobody chose it this time: it was used last, and goes when another one is brought. */
  readonly isOffered?: boolean;
  /** What in it belongs to what, as its owner says. */
  readonly taps?: readonly Tap[];
};

/** What somebody has chosen and not yet made. Kept on the device alone. */
export type Draft = {
  readonly photos: readonly DraftPhoto[];
  /** Which photo stands large. */
  readonly shown: number;
  /** The look that stands large. */
  readonly look: DraftLook | null;
  /** Looks that were picked to be made together; none: the one that stands large. */
  readonly picked: readonly DraftLook[];
  /** By a gallery's picture: the shades that were chosen of its card. */
  readonly shades: Readonly<Record<string, LookShades>>;
  /** By the look's name: how much of it is laid over the photo, where that is not all. */
  readonly strengths: Readonly<Record<string, number>>;
  readonly wish: Wish | null;
};

/** "Make the picture" was pressed, and something stood in the way: an account, or a plan. */
export type Wish = { readonly key: string; readonly at: number };

/** A wish is carried out by itself only as long as somebody remembers having it. */
const wishLifeMs = 60 * 60 * 1000;

export const emptyDraft: Draft = {
  photos: [],
  shown: 0,
  look: null,
  picked: [],
  shades: {},
  strengths: {},
  wish: null,
};

const sameLook = (one: DraftLook, other: DraftLook) => nameOfLook(one) === nameOfLook(other);

/** How a gallery's picture stands among the styles' names; no style is called so. */
const referencePrefix = 'reference:';

/** A look as the value of a radio button. */
export function nameOfLook(look: DraftLook): string {
  return 'style' in look ? look.style : `${referencePrefix}${look.reference}`;
}

/** What a radio button's value asks for. */
export function lookOfName(name: string): DraftLook {
  return name.startsWith(referencePrefix)
    ? { reference: name.slice(referencePrefix.length) }
    : { style: name };
}

/** The looks that would be made now. */
export function wantedLooks({ look, picked }: Draft): readonly DraftLook[] {
  return picked.length > 0 ? picked : look ? [look] : [];
}

/** How many pictures would be made now. */
export function wantedCount(draft: Draft): number {
  return draft.photos.length * Math.max(1, wantedLooks(draft).length);
}

/** A wish that is young enough to be carried out. */
export function liveWish(draft: Draft, now = Date.now()): Wish | null {
  return draft.wish && now - draft.wish.at < wishLifeMs ? draft.wish : null;
}

/**
 * With these photos behind its own, as far as they fit and are not there; the first new one stands large. One that is only
 * offered comes to an empty draft, and makes room for any that was chosen.
 */
export function withPhotos(draft: Draft, photos: readonly DraftPhoto[]): Draft {
  const isChosen = ({ isOffered }: DraftPhoto) => !isOffered;
  const chosen = photos.filter(isChosen);
  const own = chosen.length > 0 ? draft.photos.filter(isChosen) : draft.photos;
  const ids = new Set(own.map(({ image }) => image?.id).filter(Boolean));
  const keys = new Set(own.map(({ key }) => key));
  const added = (own.length === 0 && chosen.length === 0 ? photos : chosen)
    .filter(({ key, image }) => !keys.has(key) && !(image && ids.has(image.id)))
    .slice(0, Math.max(0, conversionLimits.batch - own.length));
  if (added.length === 0) return draft;
  return { ...draft, photos: [...own, ...added], shown: own.length, wish: null };
}

export function withoutPhoto(draft: Draft, at: number): Draft {
  const photos = draft.photos.filter((_, index) => index !== at);
  const shown = Math.max(0, draft.shown > at ? draft.shown - 1 : Math.min(draft.shown, photos.length - 1));
  return { ...draft, photos, shown, wish: null };
}

/** Picks a look to be made with others, or leaves it out again. */
export function toggled(draft: Draft, look: DraftLook): Draft {
  if (isPicked(draft, look)) return without(draft, look);
  return { ...draft, picked: [...draft.picked, look], wish: null };
}

/** Without a look that was picked; what was wished with it is not what is wished now. */
export function without(draft: Draft, look: DraftLook): Draft {
  if (!isPicked(draft, look)) return draft;
  return { ...draft, picked: draft.picked.filter((one) => !sameLook(one, look)), wish: null };
}

export function isPicked(draft: Draft, look: DraftLook): boolean {
  return draft.picked.some((one) => sameLook(one, look));
}
