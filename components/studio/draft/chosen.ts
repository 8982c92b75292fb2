import { type LookOrder, type LookShades, mostTaps, type Tap } from '#lib/gallery/look/kinds.ts';
import type { Draft, DraftPhoto } from './draft.ts';

/** What somebody says of a photo, and chooses of a look: kept with the draft and sent with the wish. */

/** Closer together, in shares of a photo's side, two taps are one: the later takes the earlier away. */
const sameTap = 0.025;

const round = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;

/** The taps with one more; on top of an earlier one, without that. As many as are kept, the oldest go. */
export function withTap(taps: readonly Tap[], tap: Tap): readonly Tap[] {
  const others = taps.filter(({ x, y }) => Math.hypot(x - tap.x, y - tap.y) > sameTap);
  if (others.length < taps.length) return others;
  return [...taps, { part: tap.part, x: round(tap.x), y: round(tap.y) }].slice(-mostTaps);
}

/** The draft with these taps on one of its photos; what was wished before them is not what is wished now. */
export function withTaps(draft: Draft, key: string, taps: readonly Tap[]): Draft {
  const photos = draft.photos.map((photo) => (photo.key === key ? { ...photo, taps } : photo));
  return { ...draft, photos, wish: null };
}

/** The draft with shades chosen for a gallery's picture; null takes what the picture says. */
export function withShades(draft: Draft, reference: string, shades: LookShades | null): Draft {
  const { [reference]: _before, ...others } = draft.shades;
  return { ...draft, shades: shades ? { ...others, [reference]: shades } : others, wish: null };
}

/** The draft with so much of a look, as a radio button names it, laid over its photos; 1 is all of it. */
export function withStrength(draft: Draft, name: string, strength: number): Draft {
  const { [name]: _before, ...others } = draft.strengths;
  return { ...draft, strengths: strength < 1 ? { ...others, [name]: strength } : others, wish: null };
}

/** The look of a gallery's picture with what was chosen of it, as the server joins the two when it charges. */
export function orderWith(
  order: LookOrder,
  shades: LookShades | undefined,
  photo: Pick<DraftPhoto, 'taps'> | null,
  strength?: number,
): LookOrder {
  return {
    ...order,
    ...(shades ? { shades } : {}),
    ...(photo?.taps?.length ? { taps: photo.taps } : {}),
    ...(strength ? { strength } : {}),
  };
}
