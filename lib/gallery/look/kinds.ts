/** What "try this look" does with a vendor's picture; words for each are in `messages/` under `looks.<kind>`. */
export const lookKinds = ['fabric', 'garment', 'hair', 'makeup', 'place', 'painting', 'light'] as const;
export type LookKind = (typeof lookKinds)[number];

/** A part of a picture, in shares of its width and height (0 to 1). */
export type LookRegion = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export const shadeParts = ['hair', 'lips', 'eyes', 'cheeks'] as const;
export type ShadePart = (typeof shadeParts)[number];

/** Colours as `#rrggbb`. */
export type LookShades = { readonly [part in ShadePart]?: string };

/** What a vendor says of a picture beside its kind. */
export type LookSettings = {
  /** Where the cloth, the backdrop or the hair is. */
  readonly region?: LookRegion;
  /** How wide what the picture (or its region) shows is in truth, in centimetres. */
  readonly repeatCm?: number;
  readonly shades?: LookShades;
};

/** What a person may say about a place: it belongs to this. `person` chooses somebody of several. */
export const tapParts = ['clothes', 'hair', 'covering', 'skin', 'background', 'person'] as const;
export type TapPart = (typeof tapParts)[number];

/** One correction; x and y in shares of the photo's width and height. */
export type Tap = { readonly part: TapPart; readonly x: number; readonly y: number };

/** More would be drawing the mask by hand. */
export const mostTaps = 24;

/** The least share of a look that is laid over a photo: less could not be told from the photo. */
export const leastStrength = 0.1;

/**
 * All that is known of a look to be tried; frozen with the conversion when it is charged. `strength` is the share of it
 * that is laid over the photo, from {@link leastStrength} to 1, which is also what is meant without it.
 */
export type LookOrder = LookSettings & {
  readonly kind: LookKind;
  readonly taps?: readonly Tap[];
  readonly strength?: number;
};

/** The look of every picture from before there were kinds. */
export const plainLook: LookOrder = { kind: 'light' };

export function isLookKind(text: unknown): text is LookKind {
  return (lookKinds as readonly unknown[]).includes(text);
}
/** Whose look something was made in, as far as visitors see them now. */
export type LookCredit = {
  readonly kind: LookKind;
  /** What was chosen of a card of shades; null for what the picture itself says. */
  readonly shades: LookShades | null;
  /** Null when it was withdrawn. */
  readonly picture: { readonly id: string; readonly title: string | null } | null;
  /** Null when they are gone or suspended: no page of theirs opens. */
  readonly shop: { readonly handle: string; readonly name: string } | null;
};
