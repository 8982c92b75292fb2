import { expect, test } from 'vitest';
import { guessKind } from '#lib/gallery/look/guess-kind.ts';

const clues = { faces: 0, isProduct: false, isPattern: false, shades: [] };

test.each([
  ['salon', clues, 'hair'],
  ['boutique', clues, 'fabric'],
  ['boutique', { ...clues, isProduct: true }, 'garment'],
  ['boutique', { ...clues, faces: 2 }, 'garment'],
  ['craft', { ...clues, isProduct: true }, 'fabric'],
  ['photographer', clues, 'place'],
  ['photographer', { ...clues, faces: 1 }, 'light'],
  ['studio', null, 'light'],
  ['boutique', null, 'fabric'],
  // Who says nothing of themselves is not guessed at, but for goods before a plain wall.
  ['other', clues, 'light'],
  [null, null, 'light'],
  // A shop that has not said what it is, with flat cloth.
  [null, { ...clues, isPattern: true }, 'fabric'],
  ['photographer', { ...clues, isPattern: true }, 'place'],
  [null, { ...clues, isProduct: true }, 'garment'],
  [null, { ...clues, isProduct: true, shades: ['#000000', '#ffffff'] }, 'light'],
] as const)('of a business that is %s a picture with %j is taken for %s', (business, seen, kind) => {
  expect(guessKind(business, seen)).toBe(kind);
});
