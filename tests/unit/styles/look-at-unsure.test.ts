import { describe, expect, it } from 'vitest';
import { lookAtUnsure } from '#lib/styles/paint/people/look-at-unsure.ts';
import type { Models } from '#lib/styles/paint/people/models.ts';
import { newPlane, type Plane } from '#lib/styles/paint/raster.ts';
import { plainPicture } from '#tests/support/pictures.ts';

const side = 256;

/** Somebody with a leg to the left that ends in what is told for half a foot, and a soft rim all around. */
function seenFromAfar(): Plane {
  const mask = newPlane(side, side);
  for (let y = 0, i = 0; y < side; y++)
    for (let x = 0; x < side; x++, i++) {
      const isBody = x >= 150 && y >= 60;
      const isLeg = x >= 70 && y >= 180 && y < 220;
      const isFoot = x >= 30 && x < 70 && y >= 170 && y < 225;
      const isRim = x >= 146 && x < 150 && y >= 60;
      mask.data[i] = isBody || isLeg ? 1 : isFoot || isRim ? 0.4 : 0;
    }
  return mask;
}

/** What comes of it when the network says the same of all it is shown from near, and how often it was asked. */
async function looked(says: number): Promise<{ mask: Plane; asked: number }> {
  let asked = 0;
  const models: Pick<Models, 'run'> = {
    run: async () => {
      asked += 1;
      return [{ shape: [1, 256, 256, 1], values: new Float32Array(256 * 256).fill(says) }];
    },
  };
  const mask = seenFromAfar();
  await lookAtUnsure(models as Models, plainPicture(side, side, [0.4, 0.4, 0.4]), mask);
  return { mask, asked };
}

describe('what is unsure from afar', () => {
  it('is somebody when it is from near, and only there', async () => {
    const { mask, asked } = await looked(1);
    expect(asked).toBe(1);
    expect(mask.data[200 * side + 45]).toBeGreaterThan(0.95);
    // Beside the foot, and at the rim of the body.
    expect(mask.data[130 * side + 45]).toBe(0);
    expect(mask.data[80 * side + 148]).toBeCloseTo(0.4, 5);
  });

  it.each([0, 0.5])('stays as it was when the look from near says %s', async (says) => {
    expect((await looked(says)).mask.data).toEqual(seenFromAfar().data);
  });
});
