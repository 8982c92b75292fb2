import type { LookRegion } from '#lib/gallery/look/kinds.ts';
import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import { findFaces, sureScore } from '../people/find-faces.ts';
import { coverage, findPerson } from '../people/find-person.ts';
import type { Models } from '../people/models.ts';
import type { Picture, Plane } from '../raster.ts';
import { faceCm } from './fabric.ts';
import { readParts, readPeople } from './read-people.ts';

/** A piece of cloth in a picture, and how wide it is where there is a face to measure it by. */
export type FoundCloth = { readonly region: LookRegion; readonly widthCm: number | null };

const studiedSide = 640;
const searchedSide = 128;
/** Less of a picture than this shows nobody without a head. */
const leastBody = 0.12;
/** A piece that is so much longer than wide repeats as stripes. */
const longestShape = 3;
/** Of the picture; a smaller piece says nothing about its cloth. */
const leastPiece = 0.004;
/** Borders of parts are soft: so much of the piece's sides is left out all around. */
const margin = 0.06;

/**
 * Where cloth lies in a picture in which nobody has marked it: the largest rectangle of what somebody wears, or of their
 * figure where no head is seen. Null where nobody is seen: then all of it is cloth.
 */
export async function findCloth(
  reference: Picture,
  kind: 'fabric' | 'garment',
  models: Models,
): Promise<FoundCloth | null> {
  const size = fitted(reference, Math.min(studiedSide, Math.max(reference.width, reference.height)));
  const small = resizePicture(reference, size.width, size.height, 'smooth');
  const isSure = (await findFaces(models, small)).some(({ score }) => score >= sureScore);
  if (!isSure) {
    // A print on cloth can look like somebody: only what is said to be worn is looked at without a head.
    const body = kind === 'garment' ? await findPerson(models, small) : null;
    const region = body && coverage(body) > leastBody ? largestPiece(body) : null;
    return region && { region, widthCm: null };
  }
  const parts = readParts(small, await readPeople(small, models), []);
  if (!parts) return null;
  const worn = { ...parts.clothes, data: parts.clothes.data.slice() };
  for (let i = 0; i < worn.data.length; i++)
    worn.data[i] = Math.max(worn.data[i] as number, parts.covering.data[i] as number);
  const region = largestPiece(worn);
  if (!region) return null;
  const unit = parts.heads.map((head) => head.unit).sort((one, two) => two - one)[0];
  return { region, widthCm: unit ? (region.width * small.width * faceCm) / unit : null };
}

/** The largest rectangle inside a mask: of each row the tallest columns of what is in, kept as a rising stack. */
function largestPiece(mask: Plane): LookRegion | null {
  const { width, height } = fitted(mask, Math.min(searchedSide, Math.max(mask.width, mask.height)));
  const { data } = resize(mask, width, height);
  const columns = new Int32Array(width + 1);
  let best = { area: 0, x: 0, y: 0, w: 0, h: 0 };
  for (let y = 0; y < height; y++) {
    const rising: number[] = [];
    for (let x = 0; x <= width; x++) {
      columns[x] = x < width && (data[y * width + x] as number) > 0.9 ? (columns[x] as number) + 1 : 0;
      while (rising.length > 0 && (columns[rising.at(-1) as number] as number) >= (columns[x] as number)) {
        const tall = columns[rising.pop() as number] as number;
        const left = rising.length > 0 ? (rising.at(-1) as number) + 1 : 0;
        const h = Math.min(tall, (x - left) * longestShape);
        const w = Math.min(x - left, tall * longestShape);
        if (w * h > best.area) best = { area: w * h, x: left, y: y - tall + 1, w, h };
      }
      rising.push(x);
    }
  }
  if (best.area < leastPiece * width * height) return null;
  return {
    x: (best.x + margin * best.w) / width,
    y: (best.y + margin * best.h) / height,
    width: ((1 - 2 * margin) * best.w) / width,
    height: ((1 - 2 * margin) * best.h) / height,
  };
}
