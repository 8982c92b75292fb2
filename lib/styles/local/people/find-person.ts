import { guidedFilter } from '../kernels/guided-filter.ts';
import { resize } from '../kernels/resize.ts';
import { luma, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import { modelInput, runModel } from './models.ts';
import { type Region, sampleRegion, stretchedFrame } from './sample-region.ts';

/**
 * How much each pixel belongs to a person, 0 to 1, rough, at the picture's size. A person who fills
 * little of the frame is looked at a second time from nearer.
 */
export async function findPerson(picture: Picture): Promise<Plane> {
  const frame = stretchedFrame(picture);
  const far = resize(await segment(picture, frame), picture.width, picture.height);
  const near = closerLook(far);
  if (!near) return far;
  const width = Math.round(near.width);
  const height = Math.round(near.height);
  const detail = resize(await segment(picture, near), width, height);
  const out = newPlane(picture.width, picture.height);
  for (let y = 0; y < height; y++) {
    const row = (y + near.y) * picture.width + near.x;
    out.data.set(detail.data.subarray(y * width, (y + 1) * width), row);
  }
  return out;
}

async function segment(picture: Picture, region: Region): Promise<Plane> {
  const [output] = await runModel('selfie', sampleRegion(picture, region, modelInput));
  if (!output) throw new Error('The person model gave no output');
  return { width: modelInput, height: modelInput, data: output.values };
}

/** The person's box with room around it, when looking only there would show clearly more. */
function closerLook(mask: Plane): Region | null {
  const { width, height, data } = mask;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if ((data[y * width + x] as number) < 0.5) continue;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  if (right < left) return null;
  const room = 0.18 * Math.max(right - left, bottom - top);
  const x = Math.max(0, Math.floor(left - room));
  const y = Math.max(0, Math.floor(top - room));
  const w = Math.min(width, Math.ceil(right + room)) - x;
  const h = Math.min(height, Math.ceil(bottom + room)) - y;
  return w * h < 0.6 * width * height && w > 16 && h > 16 ? { x, y, width: w, height: h } : null;
}

/** Gives a rough mask the photo's own edges and makes it decided: hair and shoulders, not a blur. */
export function refineMask(photo: Picture, rough: Plane): Plane {
  const longest = Math.max(photo.width, photo.height);
  const soft = guidedFilter(luma(photo), rough, { sigma: longest * 0.006, epsilon: 6e-4, fitAt: 512 });
  for (let i = 0; i < soft.data.length; i++) soft.data[i] = smoothstep(0.42, 0.8, soft.data[i] as number);
  return soft;
}

/** The share of the picture that the mask covers. */
export function coverage(mask: Plane): number {
  let sum = 0;
  for (const value of mask.data) sum += value;
  return sum / mask.data.length;
}
