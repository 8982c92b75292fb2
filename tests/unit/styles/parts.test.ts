import { describe, expect, it } from 'vitest';
import type { Head } from '#lib/styles/paint/parts/head.ts';
import { lookNear } from '#lib/styles/paint/parts/look-near.ts';
import { classes, priorAt } from '#lib/styles/paint/parts/prior.ts';
import type { Models } from '#lib/styles/paint/people/models.ts';
import { newPlane } from '#lib/styles/paint/raster.ts';
import { plainPicture } from '#tests/support/pictures.ts';

const head: Head = { x: 100, y: 80, unit: 50, roll: 0 };

describe('looking at a head from near', () => {
  it('takes away what it does not see, and adds nothing that is nowhere near somebody', async () => {
    // A network that takes the left half of whatever it is shown for somebody.
    const models: Pick<Models, 'run'> = {
      run: async () => [
        {
          shape: [1, 256, 256, 1],
          values: Float32Array.from({ length: 256 * 256 }, (_, i) => (i % 256 < 128 ? 1 : 0)),
        },
      ],
    };
    const far = newPlane(200, 200);
    for (let i = 0; i < far.data.length; i++) far.data[i] = i % 200 > 70 ? 1 : 0;
    const mask = await lookNear(models as Models, plainPicture(200, 200, [0.5, 0.5, 0.5]), far, [head]);
    const at = (x: number, y: number) => mask.data[y * 200 + x] as number;
    expect(at(85, 90)).toBeGreaterThan(0.95);
    expect(at(120, 90)).toBeLessThan(0.05);
    expect(at(55, 90)).toBeLessThan(0.05);
  });
});

describe('what is likely where, around a head', () => {
  const share = (u: number, v: number, part: (typeof classes)[number]) => {
    const out = new Float32Array(classes.length);
    priorAt(u, v, 1, out);
    return out[classes.indexOf(part)] as number;
  };

  it('lets long hair hang down to the chest, and nobody wear the hair of a neighbour', () => {
    expect(share(0.5, 1.6, 'hair')).toBeGreaterThan(0.03);
    expect(share(2.2, 1, 'hair')).toBeLessThan(0.002);
  });

  it('gives shoulders beside a bent head to clothes', () => {
    expect(share(0.8, 0.35, 'clothes')).toBeGreaterThan(share(0.8, 0.35, 'hair'));
  });
});
