import { resize } from '../kernels/resize.ts';
import { clamp01, luma, type Picture, type Plane } from '../raster.ts';

/**
 * The light of a photo as somebody drawing it would choose it: a night scene is drawn on the same white
 * paper as noon, so dark photos are lifted until their mean is at least `mean`.
 */
export function drawingLight(photo: Picture, mean = 0.46): Plane {
  const light = luma(photo);
  const sample = resize(light, Math.min(64, photo.width), Math.min(64, photo.height)).data;
  let sum = 0;
  for (const value of sample) sum += value;
  const found = Math.min(0.98, Math.max(0.05, sum / sample.length));
  if (found >= mean) return light;
  const gamma = Math.max(0.5, Math.log(mean) / Math.log(found));
  const table = Float32Array.from({ length: 1026 }, (_, i) => (i / 1024) ** gamma);
  for (let i = 0; i < light.data.length; i++) {
    const at = clamp01(light.data[i] as number) * 1024;
    const low = at | 0;
    const step = table[low] as number;
    light.data[i] = step + ((table[low + 1] as number) - step) * (at - low);
  }
  return light;
}
