import { clamp, type Picture } from '../raster.ts';
import type { Face } from './find-faces.ts';
import { type Models, meshInput } from './models.ts';

/**
 * The 468 points of MediaPipe's canonical face, two numbers each: x and y in shares of the picture's width and
 * height. A point's number is its name; the lists below are the ones used here.
 */
export type FaceMesh = { readonly points: Float32Array; readonly score: number };

/** How much of the surroundings the network wants to see around a face's box. */
const room = 1.5;
const points = 468;
/** From this probability on the network has laid its points over a face. */
const leastScore = 0.5;
/** Of a face of so many pixels it sees enough to deny it: a cat's it gives less than this, a masked one in the dark more. */
const deniable = { pixels: 64, score: 0.03 };

/** Contours of the canonical face, each closed. */
export const contours = {
  oval: [
    10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176,
    149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
  ],
  lips: [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185],
  mouth: [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191],
  rightEye: [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
  leftEye: [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466],
  rightBrow: [70, 63, 105, 66, 107, 55, 65, 52, 53, 46],
  leftBrow: [300, 293, 334, 296, 336, 285, 295, 282, 283, 276],
} as const;

/** Where a point lies, in pixels of a picture of this size. */
export function meshPoint(
  mesh: FaceMesh,
  index: number,
  { width, height }: { width: number; height: number },
): [number, number] {
  return [(mesh.points[index * 2] as number) * width, (mesh.points[index * 2 + 1] as number) * height];
}

/** What the mesh network makes of a face that was found. */
export type FaceLook = {
  /** Null where it could not be laid: a profile, a veil, a few dozen pixels. */
  readonly mesh: FaceMesh | null;
  /** Whether it denies that this is somebody's face: an animal's. */
  readonly isDenied: boolean;
};

/** Lays the mesh over a face and says whether it is one. */
export async function lookAtFace(models: Models, picture: Picture, face: Face): Promise<FaceLook> {
  const found = await layMesh(models, picture, face);
  const pixels = Math.max(face.width * picture.width, face.height * picture.height);
  return {
    mesh: found.score >= leastScore ? found : null,
    isDenied: pixels >= deniable.pixels && found.score < deniable.score,
  };
}

/** The mesh over a face; null where the network sees none. */
export async function findMesh(models: Models, picture: Picture, face: Face): Promise<FaceMesh | null> {
  return (await lookAtFace(models, picture, face)).mesh;
}

/** Lays the mesh once as the face lies, and when it is tilted or the box was off, once more upright. */
async function layMesh(models: Models, picture: Picture, face: Face): Promise<FaceMesh> {
  const side = room * Math.max(face.width * picture.width, face.height * picture.height);
  const first = await look(models, picture, {
    x: face.x * picture.width,
    y: face.y * picture.height,
    side,
    turn: 0,
  });
  const [rx, ry] = meshPoint(first, 33, picture);
  const [lx, ly] = meshPoint(first, 263, picture);
  const turn = Math.atan2(ly - ry, lx - rx);
  const box = boundsOf(first, picture);
  const wanted = room * Math.max(box.width, box.height);
  const isOff =
    Math.abs(turn) > 0.12 ||
    Math.hypot(box.x - face.x * picture.width, box.y - face.y * picture.height) > 0.12 * side;
  if (!isOff) return first;
  const second = await look(models, picture, {
    x: box.x,
    y: box.y,
    side: clamp(wanted, side * 0.6, side * 1.6),
    turn,
  });
  return second.score >= Math.min(first.score, leastScore) ? second : first;
}

type Look = { readonly x: number; readonly y: number; readonly side: number; readonly turn: number };

async function look(models: Models, picture: Picture, at: Look): Promise<FaceMesh> {
  const outputs = (await models.run('facemesh', sampleTurned(picture, at, meshInput))).map(
    ({ values }) => values,
  );
  const mesh = outputs.find(({ length }) => length === points * 3);
  const flag = outputs.find(({ length }) => length === 1);
  if (!mesh || !flag) throw new Error('The mesh model has not the outputs it should have');
  const out = new Float32Array(points * 2);
  const [cos, sin, scale] = [Math.cos(at.turn), Math.sin(at.turn), at.side / meshInput];
  for (let i = 0; i < points; i++) {
    const dx = ((mesh[i * 3] as number) - meshInput / 2) * scale;
    const dy = ((mesh[i * 3 + 1] as number) - meshInput / 2) * scale;
    out[i * 2] = (at.x + dx * cos - dy * sin) / picture.width;
    out[i * 2 + 1] = (at.y + dx * sin + dy * cos) / picture.height;
  }
  return { points: out, score: flag[0] as number };
}

function boundsOf(mesh: FaceMesh, picture: Picture) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < points; i++) {
    const [x, y] = meshPoint(mesh, i, picture);
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
}

/** A square of the picture, turned about its centre, as `count` x `count` x 3 values; black outside the picture. */
function sampleTurned(
  { width, height, r, g, b }: Picture,
  { x, y, side, turn }: Look,
  count: number,
): Float32Array {
  const out = new Float32Array(count * count * 3);
  const fine = clamp(Math.round(side / count), 1, 4);
  const step = side / (count * fine);
  const [cos, sin] = [Math.cos(turn) * step, Math.sin(turn) * step];
  const middle = (count * fine - 1) / 2;
  const share = 1 / (fine * fine);
  for (let row = 0; row < count * fine; row++) {
    const line = Math.floor(row / fine) * count;
    for (let column = 0; column < count * fine; column++) {
      const px = Math.round(x + (column - middle) * cos - (row - middle) * sin);
      const py = Math.round(y + (column - middle) * sin + (row - middle) * cos);
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const i = py * width + px;
      const at = (line + Math.floor(column / fine)) * 3;
      out[at] = (out[at] as number) + share * (r[i] as number);
      out[at + 1] = (out[at + 1] as number) + share * (g[i] as number);
      out[at + 2] = (out[at + 2] as number) + share * (b[i] as number);
    }
  }
  return out;
}
