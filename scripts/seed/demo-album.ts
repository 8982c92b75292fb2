import type { LookKind, LookSettings } from '#lib/gallery/look/kinds.ts';
import { demoCards } from './demo-cards.ts';
import { demoPatterns } from './demo-patterns.ts';
import { demoPrints } from './demo-prints.ts';

/** Everything that is drawn for the demo. */
export const demoPictures = { ...demoPatterns, ...demoCards, ...demoPrints } as const;

/** An album of the demo, and what is said of each of its pictures. */
export type DemoAlbum = {
  readonly title: string;
  readonly description: string;
  readonly isStyleKit: boolean;
  readonly images: readonly {
    readonly picture: keyof typeof demoPictures;
    readonly title: string;
    readonly altText: string;
    readonly tags: readonly string[];
    /** What visitors try on with it, how wide what it shows is in truth, and which shades it says first. */
    readonly kind: LookKind;
    readonly repeatCm?: number;
    readonly shades?: LookSettings['shades'];
  }[];
};
