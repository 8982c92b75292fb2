import { expect, it } from 'vitest';
import { keepApart } from '#lib/styles/paint/people/find-faces.ts';

const face = (x: number, y: number, size: number, score: number) => ({
  x,
  y,
  width: size,
  height: size,
  score,
});

it('a nose and a mouth within a face are no face of their own; heads side by side are two', () => {
  const large = face(0.5, 0.4, 0.6, 0.95);
  expect(keepApart([large, face(0.5, 0.5, 0.3, 0.8)])).toEqual([large]);
  expect(keepApart([large, face(0.85, 0.4, 0.3, 0.8)])).toHaveLength(2);
});
