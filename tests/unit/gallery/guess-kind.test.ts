import { expect, test } from 'vitest';
import { guessKind } from '#lib/gallery/look/guess-kind.ts';

const clues = { faces: 0, isProduct: false, isPattern: false, shades: [] };

test.each([
  ['salon', clues, 'hair'],
  // Cards of a salon: copper and wine hair, smoke; lips, lids, cheeks.
  ['salon', { ...clues, shades: ['#d98a4e', '#b8582c', '#8e3520', '#6b1f2a', '#431722'] }, 'hair'],
  ['salon', { ...clues, shades: ['#d9d2c4', '#a9a39b', '#75706e', '#43424a', '#23242c'] }, 'hair'],
  [
    'salon',
    { ...clues, shades: ['#e08a86', '#c9545b', '#b3232f', '#8c1d3a', '#5c1a2e', '#a5583f'] },
    'makeup',
  ],
  [
    'salon',
    { ...clues, shades: ['#e8c9a8', '#c58f6b', '#8a5a44', '#b07c8c', '#6c4a6e', '#2f5a5c'] },
    'makeup',
  ],
  [
    'salon',
    { ...clues, shades: ['#f0b29b', '#e58c83', '#c9646a', '#b5643c', '#d98ca0', '#9c4a52'] },
    'makeup',
  ],
  ['salon', { ...clues, faces: 1, shades: ['#e08a86', '#c9545b'] }, 'hair'],
  ['boutique', clues, 'fabric'],
  ['boutique', { ...clues, isProduct: true }, 'garment'],
  ['boutique', { ...clues, faces: 2 }, 'garment'],
  ['craft', { ...clues, isProduct: true }, 'fabric'],
  ['art', clues, 'painting'],
  ['art', { ...clues, faces: 1 }, 'painting'],
  ['art', { ...clues, isPattern: true }, 'painting'],
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
