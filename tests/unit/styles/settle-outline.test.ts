import { describe, expect, it } from 'vitest';
import { resize } from '#lib/styles/paint/kernels/resize.ts';
import type { Head } from '#lib/styles/paint/parts/head.ts';
import { maskBands, outlineOf } from '#lib/styles/paint/people/find-person.ts';
import { settleOutline } from '#lib/styles/paint/people/settle-outline.ts';
import { findPreset } from '#lib/styles/paint/presets.ts';
import { newPlane, type Picture, type Plane } from '#lib/styles/paint/raster.ts';
import type { Scene } from '#lib/styles/paint/scene.ts';
import { plainPicture } from '#tests/support/pictures.ts';

type Colour = readonly [number, number, number];
const [width, height] = [320, 320];
const head: Head = { x: 160, y: 110, unit: 130, roll: 0, turn: 0, sides: [0.42, 0.42] };
const skin: Colour = [0.78, 0.55, 0.44];
const jacket: Colour = [0.22, 0.2, 0.19];
const blue: Colour = [0.1, 0.25, 0.85];

const inHead = (x: number, y: number, by = 0) => Math.hypot((x - 160) / (44 + by), (y - 110) / (66 + by)) < 1;
const inBody = (x: number, y: number, by = 0) => y >= 190 - by && Math.abs(x - 160) < 110 + by;
const inEar = (x: number, y: number) => Math.hypot((x - 212) / 12, (y - 112) / 18) < 1 && !inHead(x, y);

/** A head and shoulders before a wall, and a mask of them that is so many pixels wider than they are. */
function somebody(wall: Colour, wider: number, ear?: Colour): { photo: Picture; mask: Plane } {
  const photo = plainPicture(width, height, wall);
  const mask = newPlane(width, height);
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      const colour = inHead(x, y) ? skin : inBody(x, y) ? jacket : ear && inEar(x, y) ? ear : wall;
      // A shine on the skin and a weave in the cloth, or every place would have a twin.
      const light = 1 + 0.05 * Math.sin(x / 9) * Math.cos(y / 7);
      for (const [channel, value] of [photo.r, photo.g, photo.b].map((data, k) => [data, colour[k]] as const))
        channel[i] = (value as number) * light;
      mask.data[i] = inHead(x, y, wider) || inBody(x, y, wider) ? 1 : ear && inEar(x, y) ? 0.3 : 0;
    }
  return { photo, mask };
}

/** The mean of a mask over the places that are meant. */
function meanOf(mask: Plane, isMeant: (x: number, y: number) => boolean): number {
  let [sum, count] = [0, 0];
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++)
      if (isMeant(x, y)) {
        sum += mask.data[i] as number;
        count += 1;
      }
  return sum / count;
}

const isRim = (x: number, y: number) =>
  !inHead(x, y, 0.5) && !inBody(x, y, 0.5) && (inHead(x, y, 2.4) || inBody(x, y, 2.4));

describe('the outline of somebody', () => {
  it('ends where their colours end: the network gives them a rim of the wall', () => {
    const { photo, mask } = somebody(blue, 2.4);
    settleOutline(photo, mask, [head]);
    expect(meanOf(mask, isRim)).toBeLessThan(0.15);
    expect(meanOf(mask, (x, y) => inHead(x, y) || inBody(x, y))).toBeGreaterThan(0.99);
  });

  it('takes in what the network left out of them', () => {
    const { photo, mask } = somebody(blue, -3);
    settleOutline(photo, mask, [head]);
    expect(meanOf(mask, (x, y) => inHead(x, y, -1) || inBody(x, y, -1))).toBeGreaterThan(0.99);
  });

  it('stays as it was seen where the wall has their colours', () => {
    const { photo, mask } = somebody(jacket, 3.2);
    const before = meanOf(mask, (x, y) => inBody(x, y, 3.2) && !inBody(x, y, 1.5));
    settleOutline(photo, mask, [head]);
    expect(meanOf(mask, (x, y) => inBody(x, y, 3.2) && !inBody(x, y, 1.5))).toBeGreaterThan(0.95 * before);
  });

  it('has an ear in its own shade where the network saw hardly anything of it', () => {
    const { photo, mask } = somebody([0.2, 0.24, 0.2], 0, [0.66, 0.45, 0.355]);
    settleOutline(photo, mask, [head]);
    expect(meanOf(mask, inEar)).toBeGreaterThan(0.9);
  });

  it('has no ear of a wall that is as pale as the skin', () => {
    const { photo, mask } = somebody([0.74, 0.56, 0.46], 0, [0.76, 0.55, 0.45]);
    settleOutline(photo, mask, [head]);
    expect(meanOf(mask, inEar)).toBeLessThan(0.35);
  });

  it('follows an edge between two colours of the same light', () => {
    const [wide, tall] = [640, 64];
    const photo = plainPicture(wide, tall, [0.5, 0.3, 0.2]);
    const rough = newPlane(wide, tall);
    for (let i = 0; i < rough.data.length; i++) {
      const x = i % wide;
      // Both have a light of 0.335, by the weights of Rec. 709.
      if (x >= 320) [photo.r[i], photo.g[i], photo.b[i]] = [0.2, 0.3285, 0.8];
      rough.data[i] = x < 323 ? 1 : 0;
    }
    const mask = maskBands(outlineOf(photo, rough), photo)({ top: 0, ...photo });
    const at = (x: number) => mask[32 * wide + x] as number;
    expect(at(318)).toBeGreaterThan(0.9);
    expect(at(321)).toBeLessThan(0.1);
  });
});

describe('selective colour', () => {
  it('leaves no colour of the wall on somebody: what a lens and a JPEG spill over their rim', () => {
    const { photo, mask } = somebody(blue, 0);
    // The colours alone are blurred over the rim, as coarse colours of a JPEG are.
    const coarse = (data: Float32Array) =>
      resize(resize({ width, height, data }, width / 2, height / 2), width, height).data;
    const light = (i: number) =>
      0.2126 * (photo.r[i] as number) + 0.7152 * (photo.g[i] as number) + 0.0722 * (photo.b[i] as number);
    const hues = [photo.r, photo.g, photo.b].map((data) => coarse(data.map((value, i) => value - light(i))));
    const lights = photo.r.map((_, i) => light(i));
    for (const [k, data] of [photo.r, photo.g, photo.b].entries())
      for (let i = 0; i < data.length; i++) data[i] = (lights[i] as number) + (hues[k]?.[i] as number);
    const scene: Scene = {
      ...{ photo, unit: width / 1024, stroke: width / 1024, faces: [], person: mask, white: 0 },
      measured: { tone: { base: null as never } as never, outline: null },
    };
    const result = findPreset('splash').paint(scene);
    let most = -1;
    for (let y = 200, i = y * width; y < height; y++)
      for (let x = 0; x < width; x++, i = y * width + x)
        if (inBody(x, y) && !inBody(x, y, -3))
          most = Math.max(most, (result.b[i] as number) - (result.r[i] as number));
    expect(most).toBeLessThan(0.1);
  });
});
