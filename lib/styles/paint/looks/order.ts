import type { LookOrder, TapPart } from '#lib/gallery/look/kinds.ts';

/** Why a look cannot be tried on in a photo. */
export const lookObstacles = ['noPerson', 'noFace', 'noClothes', 'noHair'] as const;
export type LookObstacle = (typeof lookObstacles)[number];

/** Looks that are worn by somebody or stand around them; `light` is painted as a scene instead. */
export type WornOrder = LookOrder & { readonly kind: Exclude<LookOrder['kind'], 'light'> };

export function isWorn(order: LookOrder): order is WornOrder {
  return order.kind !== 'light';
}

/** What each place of a photo is when it is not part of the look, for a grid of cells row by row: one letter each. */
export type Otherwise = { readonly width: number; readonly height: number; readonly cells: string };

const letters: Readonly<Record<string, TapPart>> = {
  s: 'skin',
  h: 'hair',
  c: 'clothes',
  b: 'background',
};

/** What a tap that says "not this" says of a place (in shares of the photo's width and height). */
export function otherwiseAt({ width, height, cells }: Otherwise, x: number, y: number): TapPart {
  const at =
    Math.min(height - 1, Math.floor(y * height)) * width + Math.min(width - 1, Math.floor(x * width));
  return letters[cells[at] ?? 'b'] ?? 'background';
}
