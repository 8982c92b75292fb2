import { describe, expect, it } from 'vitest';
import type { Head } from '#lib/styles/paint/parts/head.ts';
import { closeBodies } from '#lib/styles/paint/people/close-bodies.ts';
import { newPlane } from '#lib/styles/paint/raster.ts';
import { plainPicture } from '#tests/support/pictures.ts';

const [width, height] = [256, 256];
const head: Head = { x: 128, y: 50, unit: 44, roll: 0, turn: 0, sides: [0.42, 0.42] };

/**
 * Somebody before a pale wall down to the foot of the photo, and a hole in what the network saw of them: from where, how
 * wide and of which colour. How much of them is at its middle afterwards.
 */
function within(
  hole: { readonly x: number; readonly y: number; readonly wide: number; readonly tall: number },
  colour: readonly [number, number, number],
  sure = 0.02,
): number {
  const photo = plainPicture(width, height, [0.86, 0.86, 0.88]);
  const mask = newPlane(width, height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const isHead = Math.hypot((x - head.x) / 20, (y - head.y) / 30) < 1;
      const isBody = y >= 84 && Math.abs(x - head.x) < 70;
      if (!isHead && !isBody) continue;
      const isHole = x >= hole.x && x < hole.x + hole.wide && y >= hole.y && y < hole.y + hole.tall;
      [photo.r[i], photo.g[i], photo.b[i]] = isHole ? colour : [0.3, 0.12, 0.1];
      mask.data[i] = isHole ? sure : 1;
    }
  closeBodies(photo, mask, [head]);
  return mask.data[Math.floor(hole.y + hole.tall / 2) * width + hole.x + hole.wide / 2] as number;
}

const trousers = { x: 98, y: 200, wide: 50, tall: 56 };

describe('what somebody is all around of', () => {
  it('is theirs below a head where it has another colour than the wall: pale trousers between dark jackets', () => {
    expect(within(trousers, [0.72, 0.62, 0.5])).toBeGreaterThan(0.9);
  });

  it('is also theirs where it is in doubt: half a sleeve was grey in selective colour', () => {
    expect(within(trousers, [0.5, 0.1, 0.2], 0.7)).toBeGreaterThan(0.9);
  });

  it('is the wall where it looks like it, or lies beside a body: a bent arm', () => {
    expect(within(trousers, [0.86, 0.86, 0.88])).toBeLessThan(0.1);
    expect(within({ x: 164, y: 120, wide: 26, tall: 40 }, [0.72, 0.62, 0.5])).toBeLessThan(0.1);
  });

  it('is what stands before them where the edge of the photo goes on with it: a table', () => {
    expect(within({ x: 60, y: 230, wide: 140, tall: 26 }, [0.72, 0.62, 0.5])).toBeLessThan(0.1);
  });
});
