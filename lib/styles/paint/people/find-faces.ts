import type { Picture } from '../raster.ts';
import { type Models, modelInput } from './models.ts';
import { type Region, sampleRegion, squareFrame } from './sample-region.ts';

/** A face in shares of the picture: centre and size from 0 to 1 of width and height, and how sure we are. */
export type Face = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly score: number;
};

/** From this score on a face is taken for one without a second look. */
export const sureScore = 0.76;
const leastScore = 0.55;
const mostFaces = 12;

/** Faces in the picture, or in a part of it, the surest first. */
export async function findFaces(
  models: Models,
  picture: Picture,
  region: Region = squareFrame(picture),
): Promise<Face[]> {
  const pixels = sampleRegion(picture, region, modelInput);
  for (let i = 0; i < pixels.length; i++) pixels[i] = (pixels[i] as number) * 2 - 1;
  const outputs = await models.run('blazeface-back', pixels);
  const part = (rows: number, columns: number) => {
    const found = outputs.find(({ shape }) => shape[1] === rows && shape[2] === columns);
    if (!found) throw new Error(`The face model has no ${rows}x${columns} output`);
    return found.values;
  };
  const faces = [
    ...readGrid(part(512, 1), part(512, 16), 16, 2),
    ...readGrid(part(384, 1), part(384, 16), 8, 6),
  ].map((face) => ({
    ...face,
    x: (region.x + face.x * region.width) / picture.width,
    y: (region.y + face.y * region.height) / picture.height,
    width: (face.width * region.width) / picture.width,
    height: (face.height * region.height) / picture.height,
  }));
  return keepApart(faces.sort((one, two) => two.score - one.score)).slice(0, mostFaces);
}

/** The model answers once per anchor: `perCell` of them in each cell of a square grid. */
function readGrid(scores: Float32Array, boxes: Float32Array, cells: number, perCell: number): Face[] {
  const faces: Face[] = [];
  for (let i = 0; i < scores.length; i++) {
    const score = 1 / (1 + Math.exp(-(scores[i] as number)));
    if (score < leastScore) continue;
    const cell = Math.floor(i / perCell);
    const box = (k: number) => (boxes[i * 16 + k] as number) / modelInput;
    faces.push({
      x: box(0) + ((cell % cells) + 0.5) / cells,
      y: box(1) + (Math.floor(cell / cells) + 0.5) / cells,
      width: box(2),
      height: box(3),
      score,
    });
  }
  return faces;
}

/** Of boxes that overlap, or lie in one another, the surest stays: a nose and a mouth are no face of their own. */
export function keepApart(faces: readonly Face[]): Face[] {
  const kept: Face[] = [];
  for (const face of faces) if (kept.every((other) => isApart(face, other))) kept.push(face);
  return kept;
}

function isApart(one: Face, two: Face): boolean {
  const both = shared(one, two);
  const [first, second] = [one.width * one.height, two.width * two.height];
  return both < 0.3 * (first + second - both) && both < 0.7 * Math.min(first, second);
}

function shared(one: Face, two: Face): number {
  const along = (a: number, aSize: number, b: number, bSize: number) =>
    Math.max(0, Math.min(a + aSize / 2, b + bSize / 2) - Math.max(a - aSize / 2, b - bSize / 2));
  return along(one.x, one.width, two.x, two.width) * along(one.y, one.height, two.y, two.height);
}
