import type { LookOrder, TapPart } from '#lib/gallery/look/kinds.ts';

/** Why a look cannot be tried on in a photo. */
export const lookObstacles = ['noPerson', 'noFace', 'noClothes', 'noHair'] as const;
export type LookObstacle = (typeof lookObstacles)[number];

/** Looks that are worn by somebody or stand around them; `light` is painted as a scene instead. */
export type WornOrder = LookOrder & { readonly kind: Exclude<LookOrder['kind'], 'light'> };

export function isWorn(order: LookOrder): order is WornOrder {
  return order.kind !== 'light';
}

/** Letters of `SeenParts.otherwise`: what a place is when it is not part of the look. */
export const otherwiseParts: Readonly<Record<string, TapPart>> = {
  s: 'skin',
  h: 'hair',
  c: 'clothes',
  b: 'background',
};
