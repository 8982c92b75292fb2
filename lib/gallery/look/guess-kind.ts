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
      return 'hair';
    case 'boutique':
      return isOfSomebody || clues?.isProduct ? 'garment' : 'fabric';
    case 'craft':
      return isOfSomebody ? 'garment' : 'fabric';
    case 'photographer':
    case 'studio':
      return isOfSomebody || clues === null ? 'light' : 'place';
    default:
      // A pattern from rim to rim is cloth, whoever shows it.
      if (clues?.isPattern) return 'fabric';
      return clues?.isProduct && !isOfSomebody && clues.shades.length < 2 ? 'garment' : 'light';
  }
}
