import type { BusinessKind } from '../vendor/kinds.ts';
import type { LookKind } from './kinds.ts';

/** What of a picture tells its kind: people in it, goods before a plain background, a pattern all over, patches of shades. */
export type KindClues = {
  readonly faces: number;
  readonly isProduct: boolean;
  readonly isPattern: boolean;
  readonly shades: readonly string[];
};

/**
 * What people most likely try on with a picture of such a business: a first guess that its vendor may change. Without
 * clues (a device that cannot look) the business alone tells, and of one that says nothing of itself nothing is guessed then.
 */
export function guessKind(business: BusinessKind | null, clues: KindClues | null): LookKind {
  const isOfSomebody = clues !== null && clues.faces > 0;
  switch (business) {
    case 'salon':
      return clues && !isOfSomebody && isMakeUp(clues.shades) ? 'makeup' : 'hair';
    case 'boutique':
      return isOfSomebody || clues?.isProduct ? 'garment' : 'fabric';
    case 'craft':
      return isOfSomebody ? 'garment' : 'fabric';
    // A portrait and a pattern are prints like others.
    case 'art':
      return 'painting';
    case 'photographer':
    case 'studio':
      return isOfSomebody || clues === null ? 'light' : 'place';
    default:
      // A pattern from rim to rim is cloth, whoever shows it.
      if (clues?.isPattern) return 'fabric';
      return clues?.isProduct && !isOfSomebody && clues.shades.length < 2 ? 'garment' : 'light';
  }
}

/** Whether half or more of a card's shades are none of hair: pinks and bright reds, violets, blues and greens. */
function isMakeUp(shades: readonly string[]): boolean {
  const bright = shades.map(hueOf).filter(({ chroma }) => chroma > 0.12);
  const others = bright.filter(
    ({ hue, value }) => (hue > 70 && hue < 330) || ((hue >= 330 || hue < 20) && value > 0.62),
  );
  return others.length > 0 && others.length * 2 >= shades.length;
}

function hueOf(shade: string): { hue: number; chroma: number; value: number } {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(shade.slice(at, at + 2), 16) / 255);
  const value = Math.max(r, g, b);
  const chroma = value - Math.min(r, g, b);
  const sixth = value === r ? (g - b) / chroma : value === g ? 2 + (b - r) / chroma : 4 + (r - g) / chroma;
  return { hue: chroma > 0 ? (60 * sixth + 360) % 360 : 0, chroma, value };
}
