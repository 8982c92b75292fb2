import type { LookKind } from '#lib/gallery/look/kinds.ts';

/** How styles are grouped where people choose one. */
export type StyleFamily = 'painting' | 'drawing' | 'graphic' | 'photographic' | 'portrait';

/**
 * The presets, in the order they are offered. Titles and descriptions are in `messages/` under
 * `styles.<name>`. `needsPerson` marks the ones that only make sense with somebody in the photo.
 */
export const styles = [
  { name: 'oil', family: 'painting', needsPerson: false },
  { name: 'watercolor', family: 'painting', needsPerson: false },
  { name: 'pencil', family: 'drawing', needsPerson: false },
  { name: 'ink', family: 'drawing', needsPerson: false },
  { name: 'colorPencil', family: 'drawing', needsPerson: false },
  { name: 'comic', family: 'graphic', needsPerson: false },
  { name: 'popart', family: 'graphic', needsPerson: false },
  { name: 'linocut', family: 'graphic', needsPerson: false },
  { name: 'riso', family: 'graphic', needsPerson: false },
  { name: 'halftone', family: 'graphic', needsPerson: false },
  { name: 'duotone', family: 'graphic', needsPerson: false },
  { name: 'cinematic', family: 'photographic', needsPerson: false },
  { name: 'noir', family: 'photographic', needsPerson: false },
  { name: 'vintage', family: 'photographic', needsPerson: false },
  { name: 'splash', family: 'portrait', needsPerson: true },
] as const satisfies readonly { name: string; family: StyleFamily; needsPerson: boolean }[];

export type StyleName = (typeof styles)[number]['name'];

/** Whether a look may be laid over the photo in part. Four pictures in one, or another place or cloth, would be a ghost over it. */
export function hasStrength(look: StyleName | LookKind): boolean {
  return !['popart', 'fabric', 'garment', 'place'].includes(look);
}

/** What a conversion is made in: a preset, or the colours and texture of a picture from a gallery. */
export type LookName = StyleName | 'reference';

const names: ReadonlySet<string> = new Set(styles.map(({ name }) => name));

/** Whether this text names a preset. */
export function isStyleName(text: unknown): text is StyleName {
  return typeof text === 'string' && names.has(text);
}
