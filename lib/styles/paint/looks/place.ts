import { gaussian, gaussianPicture } from '../kernels/gaussian.ts';
import { resize, resizePicture } from '../kernels/resize.ts';
import { clamp, clamp01, mix, newPicture, type Picture, type Plane } from '../raster.ts';
import { cutRegion } from './cloth.ts';
import type { Matte } from './matte.ts';

/**
 * The person of a photo in front of another place. Faces keep every pixel: it is the place that is brought to the
 * light and the colour in which the person stands, and its light that reaches a little around them.
 */
export function standBefore(photo: Picture, { alpha, person }: Matte, place: Picture): Picture {
  const { width, height } = photo;
  const scene = gradeTo(cover(place, width, height), photo, alpha);
  const soft = gaussianPicture(
    resizePicture(scene, Math.max(8, Math.round(width / 8)), Math.max(8, Math.round(height / 8)), 'smooth'),
    2,
  );
  const glow = resizePicture(soft, width, height, 'smooth');
  const wrap = wrapOf(alpha);
  const out = newPicture(width, height);
  const channel = (own: Float32Array, back: Float32Array, light: Float32Array, to: Float32Array) => {
    for (let i = 0; i < to.length; i++) {
      const a = alpha.data[i] as number;
      const rim = 0.22 * (wrap.data[i] as number);
      // Light from behind is added where it is brighter than what it falls on.
      const lit = (own[i] as number) + rim * Math.max(0, (light[i] as number) - (own[i] as number));
      to[i] = clamp01(mix(back[i] as number, lit, a));
    }
  };
  channel(person.r, scene.r, glow.r, out.r);
  channel(person.g, scene.g, glow.g, out.g);
  channel(person.b, scene.b, glow.b, out.b);
  return out;
}

/** The place filling the frame, cut where it is too long, its horizon kept above the middle; softly out of focus. */
function cover(place: Picture, width: number, height: number): Picture {
  const wanted = width / height;
  const shape = place.width / place.height;
  const region =
    shape > wanted
      ? { x: (1 - wanted / shape) / 2, y: 0, width: wanted / shape, height: 1 }
      : { x: 0, y: (1 - shape / wanted) * 0.4, width: 1, height: shape / wanted };
  const filled = resizePicture(cutRegion(place, region), width, height, 'crisp');
  for (const plane of [filled.r, filled.g, filled.b])
    for (let i = 0; i < plane.length; i++) plane[i] = clamp01(plane[i] as number);
  return gaussianPicture(filled, Math.max(width, height) * 0.0022);
}

/** Brings the place towards the light of the photo: as a photographer chooses exposure for the person. */
function gradeTo(scene: Picture, photo: Picture, alpha: Plane): Picture {
  const [own, weight] = [[0, 0, 0], [0]] as [number[], number[]];
  const there = [0, 0, 0];
  const add = (sums: number[], from: Picture, i: number, w: number) => {
    sums[0] = (sums[0] as number) + w * (from.r[i] as number);
    sums[1] = (sums[1] as number) + w * (from.g[i] as number);
    sums[2] = (sums[2] as number) + w * (from.b[i] as number);
  };
  let count = 0;
  for (let i = 0; i < alpha.data.length; i += 11) {
    // Light is read from the whole photo: clothes alone would dye the place.
    add(own, photo, i, 1);
    weight[0] = (weight[0] as number) + 1;
    add(there, scene, i, 1);
    count += 1;
  }
  const light = (sums: number[], n: number) =>
    (0.2126 * (sums[0] as number) + 0.7152 * (sums[1] as number) + 0.0722 * (sums[2] as number)) / n;
  const ownLight = light(own, weight[0] as number);
  const thereLight = light(there, count);
  const exposure = clamp((ownLight + 0.1) / (thereLight + 0.1), 0.7, 1.35) ** 0.45;
  const gain = [0, 1, 2].map((c) => {
    const tint =
      (own[c] as number) / (weight[0] as number) / ownLight / ((there[c] as number) / count / thereLight);
    return exposure * clamp(tint, 0.75, 1.3) ** 0.25;
  });
  const out = newPicture(scene.width, scene.height);
  [
    [scene.r, out.r],
    [scene.g, out.g],
    [scene.b, out.b],
  ].forEach(([from, to], c) => {
    const factor = gain[c] as number;
    for (let i = 0; i < (to as Float32Array).length; i++) {
      const value = ((from as Float32Array)[i] as number) * factor;
      (to as Float32Array)[i] = value < 0.85 ? value : 0.85 + 0.15 * (1 - Math.exp(-(value - 0.85) / 0.15));
    }
  });
  return out;
}

/** Near 1 at a person's outline, falling off inwards. */
function wrapOf(alpha: Plane): Plane {
  const { width, height } = alpha;
  const w = Math.max(8, Math.round(width / 4));
  const h = Math.max(8, Math.round(height / 4));
  const soft = gaussian(resize(alpha, w, h), Math.max(w, h) * 0.008);
  for (let i = 0; i < soft.data.length; i++) soft.data[i] = clamp01((1 - (soft.data[i] as number)) * 1.6);
  return resize(soft, width, height);
}
