import { describe, expect, it } from 'vitest';
import type { Face } from '#lib/styles/paint/people/find-faces.ts';
import { findPreset } from '#lib/styles/paint/presets.ts';
import { luma, type Picture } from '#lib/styles/paint/raster.ts';
import type { Scene } from '#lib/styles/paint/scene.ts';
import { smallFaces } from '#lib/styles/paint/tone/small-faces.ts';
import { plainPicture } from '#tests/support/pictures.ts';

const [width, height] = [1024, 512];

/** A scene with one face of this height in pixels, in its middle: lit so hard that its eyes are only somewhat darker. */
function sceneWith(tall: number): { scene: Scene; eyes: (x: number, y: number) => boolean } {
  const photo = plainPicture(width, height, [0.35, 0.4, 0.42]);
  const [x0, y0] = [width / 2, height / 2];
  const eyes = (x: number, y: number) =>
    Math.hypot((Math.abs(x - x0) - 0.2 * tall) / (0.09 * tall), (y - y0 + 0.1 * tall) / (0.035 * tall)) < 1;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (Math.hypot((x - x0) / (0.42 * tall), (y - y0) / (0.56 * tall)) >= 1) continue;
      const light = eyes(x, y) ? 0.82 : 1;
      [photo.r[i], photo.g[i], photo.b[i]] = [0.93 * light, 0.76 * light, 0.66 * light];
    }
  const face: Face = {
    x: x0 / width,
    y: y0 / height,
    width: (0.8 * tall) / width,
    height: tall / height,
    score: 0.98,
  };
  const unit = width / 1024;
  const measured = { tone: { base: { slope: photo, offset: photo } }, outline: null } as never;
  return {
    scene: { photo, unit, stroke: 0.6 * unit, faces: [face], person: null, white: 0, measured },
    eyes,
  };
}

/** How much darker the eyes are than the cheeks in a picture, 0 to 1. */
function contrast(picture: Picture, eyes: (x: number, y: number) => boolean, tall: number): number {
  const { data } = luma(picture);
  const sums = { eye: 0, eyes: 0, cheek: 0, cheeks: 0 };
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (eyes(x, y)) {
        sums.eye += data[i] as number;
        sums.eyes += 1;
      } else if (Math.hypot(x - width / 2, y - height / 2 - 0.15 * tall) < 0.12 * tall) {
        sums.cheek += data[i] as number;
        sums.cheeks += 1;
      }
    }
  return sums.cheek / sums.cheeks - sums.eye / sums.eyes;
}

describe('a small face', () => {
  it.each([
    ['comic', 0.25],
    ['ink', 0.3],
    ['linocut', 0.2],
  ] as const)('keeps its eyes in %s, however hard it is lit', (style, least) => {
    const { scene, eyes } = sceneWith(110);
    expect(contrast(findPreset(style).paint(scene), eyes, 110)).toBeGreaterThan(least);
  });

  it('is told by its height in units: a portrait is drawn as it was', () => {
    const mostOf = (tall: number) =>
      (smallFaces(sceneWith(tall).scene)?.data ?? new Float32Array(1)).reduce(
        (most, one) => Math.max(most, one),
        0,
      );
    expect([mostOf(90), mostOf(300)]).toEqual([1, 0]);
    expect(mostOf(170)).toBeGreaterThan(0.3);
    expect(mostOf(170)).toBeLessThan(0.7);
    // The same face printed at half its size.
    const half = smallFaces(sceneWith(230).scene, 0.5)?.data ?? [];
    expect(half[(height / 2) * width + width / 2]).toBe(1);
  });
});
