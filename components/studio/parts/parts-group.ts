import type { LookKind } from '#lib/gallery/look/kinds.ts';

/** What looks of a kind are worn on, as people would call it. */
export type PartsGroup = 'clothes' | 'hair' | 'place' | 'who';

const groups: Readonly<Partial<Record<LookKind, PartsGroup>>> = {
  fabric: 'clothes',
  garment: 'clothes',
  hair: 'hair',
  place: 'place',
};

/** Of a kind that is worn on faces, or by nobody, only who wears it can be said. */
export function partsGroup(kind: LookKind): PartsGroup {
  return groups[kind] ?? 'who';
}
