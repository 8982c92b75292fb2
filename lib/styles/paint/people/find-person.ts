import { eachRow, eachRun } from '../each-row.ts';
import {
  type ColourFit,
  type ColourLines,
  colourLines,
  fitToColours,
} from '../kernels/colour-guided-filter.ts';
import { inOrder } from '../kernels/in-order.ts';
import { resize } from '../kernels/resize.ts';
import {
  type Band,
  clamp01,
  letGo,
  memoryFor,
  newPlane,
  type Picture,
  type Plane,
  type Size,
  smoothstep,
} from '../raster.ts';
import { faceMap } from './face-map.ts';
import type { Face } from './find-faces.ts';
import { type Models, modelInput } from './models.ts';
import { type Region, sampleRegion, stretchedFrame } from './sample-region.ts';

/**
 * How much each pixel belongs to a person, 0 to 1, rough, at the picture's size. A person who fills
 * little of the frame is looked at a second time from nearer.
 */
export async function findPerson(models: Models, picture: Picture): Promise<Plane> {
  const frame = stretchedFrame(picture);
  const far = resize(await segment(models, picture, frame), picture.width, picture.height);
  const near = closerLook(far);
  if (!near) return far;
  const width = Math.round(near.width);
  const height = Math.round(near.height);
  const detail = resize(await segment(models, picture, near), width, height);
  const out = newPlane(picture.width, picture.height);
  for (let y = 0; y < height; y++) {
    const row = (y + near.y) * picture.width + near.x;
    out.data.set(detail.data.subarray(y * width, (y + 1) * width), row);
  }
  letGo(far, detail);
  return out;
}

/** A look costs a twentieth of a second; of a crowd the rest is seen well enough from afar. */
const mostLooks = 6;

/**
 * The mask with everybody in it whose face was found: in a group the far look leaves out a head or a dress, so
 * each is looked at again from near. A face that no look gives to a person is added by its own outline.
 */
export async function includeFaces(
  models: Models,
  picture: Picture,
  mask: Plane,
  faces: readonly Face[],
): Promise<Plane> {
  const out: Plane = { ...mask, data: mask.data.slice() };
  let looks = 0;
  for (const face of faces) {
    const isMissed = shareInside(mask, face) < 0.8;
    if (!isMissed && faces.length === 1) continue;
    // Head and shoulders; a person that was not seen at all is followed down to the feet.
    for (const heads of isMissed ? [4.4, 8.5] : [4.4]) {
      if (looks === mostLooks) break;
      looks += 1;
      if (!(await addLook(models, out, picture, face, heads))) break;
    }
  }
  const missed = faces.filter((face) => shareInside(out, face) < 0.6);
  const heads = faceMap(picture.width, picture.height, missed).data;
  eachRun(heads.length, mostRun, { out: out.data, heads });
  return out;
}

function mostRun(of: { out: Float32Array; heads: Float32Array }, from: number, to: number): void {
  const { out, heads } = of;
  for (let i = from; i < to; i++) out[i] = Math.max(out[i] as number, heads[i] as number);
}

/** Of a look's side: as much of a photo below it is looked at as well. */
const mostBelow = 0.28;

/** Adds what is seen in a square of so many heads around a face; says whether the body goes on below it. */
async function addLook(
  models: Models,
  mask: Plane,
  picture: Picture,
  face: Face,
  heads: number,
): Promise<boolean> {
  const { width, height } = picture;
  const side = heads * Math.max(face.height * height, face.width * width);
  const x = Math.max(0, Math.round(face.x * width - side / 2));
  const y = Math.max(0, Math.round((face.y - face.height * 1.3) * height));
  const w = Math.min(width - x, Math.round(side));
  // What little is left below a look belongs to it, or an arm is cut off where it ends.
  const h = height - y < (1 + mostBelow) * side ? height - y : Math.round(side);
  if (w < 16 || h < 16) return false;
  const near = resize(await segment(models, picture, { x, y, width: w, height: h }), w, h).data;
  let lowest = 0;
  for (let row = 0, i = 0; row < h; row++) {
    for (let column = 0; column < w; column++, i++) {
      // Where the look ends inside the picture it fades, or a body would be cut straight across.
      const room = Math.min(
        x > 0 ? column : w,
        y > 0 ? row : h,
        x + w < width ? w - 1 - column : w,
        y + h < height ? h - 1 - row : h,
      );
      const seen = (near[i] as number) * Math.min(1, room / (0.12 * side));
      const at = (y + row) * width + x + column;
      if (seen > (mask.data[at] as number)) mask.data[at] = seen;
      if (row === h - 1) lowest += (near[i] as number) / w;
    }
  }
  return y + h < height && lowest > 0.1;
}

/** How much of the middle of a face the mask holds. */
function shareInside({ width, height, data }: Plane, face: Face): number {
  const [left, right] = reach(face.x, face.width, width);
  const [top, bottom] = reach(face.y, face.height, height);
  let sum = 0;
  for (let y = top; y < bottom; y++) for (let x = left; x < right; x++) sum += data[y * width + x] as number;
  return sum / Math.max(1, (right - left) * (bottom - top));
}

function reach(centre: number, size: number, limit: number): [number, number] {
  const from = Math.max(0, Math.floor((centre - size * 0.35) * limit));
  return [from, Math.max(from, Math.min(limit, Math.ceil((centre + size * 0.35) * limit)))];
}

/** The darker quarter of a photo as the network likes it. */
const usualShade = 0.3;

/**
 * How sure the network is of a person at each place of a region, on its own square. What is dark is shown to it lighter:
 * dark hair before a dark wall it tells apart as we do, with eyes that have got used to it.
 */
export async function segment(models: Models, picture: Picture, region: Region): Promise<Plane> {
  const pixels = sampleRegion(picture, region, modelInput);
  lighten(pixels);
  const [output] = await models.run('selfie', pixels);
  if (!output) throw new Error('The person model gave no output');
  return { width: modelInput, height: modelInput, data: output.values };
}

function lighten(pixels: Float32Array): void {
  const some = new Float32Array(Math.ceil(pixels.length / 13));
  for (let k = 0; k < some.length; k++) some[k] = pixels[13 * k] as number;
  const shade = Math.max(0.01, inOrder(some, some.length >> 2));
  const power = Math.max(0.5, Math.log(usualShade) / Math.log(shade));
  if (power >= 1) return;
  const curve = Float32Array.from({ length: 1025 }, (_, k) => (k / 1024) ** power);
  eachRun(pixels.length, curveRun, { pixels, curve });
}

function curveRun(of: { pixels: Float32Array; curve: Float32Array }, from: number, to: number): void {
  const { pixels, curve } = of;
  for (let i = from; i < to; i++)
    pixels[i] = curve[Math.round(1024 * clamp01(pixels[i] as number))] as number;
}

/** The person's box with room around it, when looking only there would show clearly more. */
export function closerLook(mask: Plane): Region | null {
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

/** How a rough mask of the photo's size is to follow the photo's own edges. */
export function outlineOf(photo: Picture, rough: Plane): ColourFit {
  const longest = Math.max(photo.width, photo.height);
  return fitToColours(photo, rough, { sigma: longest * 0.006, epsilon: 6e-4, fitAt: 512 });
}

/** The mask of rows of a photo of this size, decided: hair and shoulders, not a blur. The band is read, not changed. */
export function maskBands(outline: ColourFit, { width, height }: Size): (band: Band) => Float32Array {
  const follow = colourLines(outline, width, height);
  return (band) => {
    const out = memoryFor(band.r.length);
    eachRow(out.length / width, maskRow, { band, width, follow, out });
    return out;
  };
}

type Masked = {
  readonly band: Band;
  readonly width: number;
  readonly follow: ColourLines;
  readonly out: Float32Array;
};

function maskRow({ band, width, follow, out }: Masked, row: number): void {
  const start = row * width;
  const line = out.subarray(start, start + width);
  follow(band.top + row, band, start, line);
  decideRow(line);
}

function decideRow(line: Float32Array): void {
  for (let x = 0; x < line.length; x++) {
    const value = line[x] as number;
    // Nearly everywhere it is one or the other.
    line[x] = value <= 0.42 ? 0 : value >= 0.8 ? 1 : smoothstep(0.42, 0.8, value);
  }
}

/** The share of the picture that the mask covers. */
export function coverage(mask: Plane): number {
  const covered = { data: mask.data, sum: 0 };
  eachRun(mask.data.length, sumRun, covered);
  return covered.sum / mask.data.length;
}

function sumRun(of: { readonly data: Float32Array; sum: number }, from: number, to: number): void {
  let { sum } = of;
  for (let i = from; i < to; i++) sum += of.data[i] as number;
  of.sum = sum;
}
