import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { readPeople } from '#lib/styles/paint/looks/read-people.ts';
import { drawnInput, fillPolygons } from '../../../scripts/judge-parts/drawn.ts';
import { judgePhoto } from '../../../scripts/judge-parts/judge-photo.ts';

describe('judging parts by hand-drawn polygons', () => {
  it('fills what lies inside of any polygon', () => {
    const square = [
      [0.25, 0.25],
      [0.75, 0.25],
      [0.75, 0.75],
      [0.25, 0.75],
    ] as [number, number][];
    const corner = [
      [0, 0],
      [0.5, 0],
      [0, 0.5],
    ] as [number, number][];
    const filled = fillPolygons([square, corner], 8, 8);
    expect(filled[3 * 8 + 3]).toBe(1);
    expect(filled[6 * 8 + 6]).toBe(0);
    expect(filled[0]).toBe(1);
    expect(filled.reduce((sum, one) => sum + one, 0)).toBe(16 + 6);
    expect(drawnInput.safeParse({ photo: { hair: [[[0, 0]]] } }).success).toBe(false);
  });

  it('counts overlap as it is, taps where most is wrong, and is nearer to what was drawn afterwards', async () => {
    const sample = new URL('../../../public/samples/eileen-collins.png', import.meta.url);
    const photo = await decodePhoto(await readFile(sample), 420);
    const people = await readPeople(photo, nodeModels);
    // Her suit as somebody would draw it who takes what is behind her elbow for a sleeve.
    const drawn = drawnInput.parse({
      x: {
        clothes: [
          [
            [0.02, 1],
            [0.02, 0.55],
            [0.25, 0.42],
            [0.7, 0.42],
            [0.98, 0.55],
            [0.98, 1],
          ],
        ],
      },
    }).x;
    if (!drawn) throw new Error('nothing was drawn');
    const { overlaps, taps, truth, seen } = judgePhoto(photo, people, { part: 'clothes', drawn, rounds: 1 });
    let [both, either] = [0, 0];
    const { mask } = judgePhoto(photo, people, { part: 'clothes', drawn, rounds: 0 }).seen;
    for (let i = 0; i < truth.length; i++) {
      const [one, two] = [(mask?.data[i] as number) >= 0.5, truth[i] === 1];
      both += one && two ? 1 : 0;
      either += one || two ? 1 : 0;
    }
    expect(overlaps[0]).toBeCloseTo(both / either, 6);
    expect(taps).toHaveLength(1);
    expect(seen.mask).not.toBeNull();
    expect(overlaps[1]).toBeGreaterThan(overlaps[0] as number);
  });
});
