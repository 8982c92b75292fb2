import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import type { Head } from '../parts/head.ts';
import { labField } from '../parts/lab-field.ts';
import { eachPiece } from '../parts/pieces.ts';
import { newPlane, type Picture, type Plane, type Size, smoothstep } from '../raster.ts';

/** Bodies are looked at in a copy of this longest side. */
const side = 160;
/** A gap is where the network is less sure than this: what it does not see, then also what it doubts. */
const seen = [0.6, 0.85] as const;
/** Below this nobody is there. */
const nobody = 0.1;
/** A gap lies below a head: its middle so far to the side at most, and so far down, in heights of the face. */
const torso = { across: 0.6, from: 0.6, to: 4.5 };
/** How large a gap is, in squares of a face's height. */
const gap = { least: 0.03, most: 2.5 };
/** Its rim may meet the foot of the photo on so much of it; all the rest of it is somebody. */
const mostFoot = 0.4;
/** Colours are told apart in steps of OKLab, lightness and the two others; what so much of the room has is the room's. */
const [lightStep, hueStep, ofRoom] = [0.07, 0.035, 0.003];
/** A gap that has the room's colours on more of it than this is one that the room is seen through. */
const mostRoom = 0.4;

/**
 * The mask, changed in place, with clothes that the network took for the wall: a pale shirt, trousers between two jackets. What
 * lies below a head, has somebody all around it and not the room's colours, is theirs; a bent arm lets the room be seen through.
 */
export function closeBodies(picture: Picture, mask: Plane, heads: readonly Head[]): Plane {
  for (const least of seen) closeGaps(picture, mask, heads, least);
  return mask;
}

function closeGaps(picture: Picture, mask: Plane, heads: readonly Head[], least: number): void {
  const size = fitted(picture, Math.min(side, Math.max(picture.width, picture.height)));
  const { width, height } = size;
  const scale = width / mask.width;
  const small = resize(mask, width, height);
  const isNobody = (i: number) => (small.data[i] as number) < least;
  const [gaps, room] = [[] as Int32Array[], new Uint8Array(width * height)];
  eachPiece(width, height, isNobody, (piece) => {
    if (isEnclosed(piece, size, isNobody)) {
      if (isUnderHead(piece, width, heads, scale)) gaps.push(piece.slice());
    } else for (const i of piece) room[i] = (small.data[i] as number) < nobody ? 1 : 0;
  });
  if (gaps.length === 0) return;
  const isOfRoom = coloursOf(picture, size, room);
  const closed = newPlane(width, height);
  for (const piece of gaps) {
    if (piece.filter(isOfRoom).length > mostRoom * piece.length) continue;
    // The piece and its soft rim.
    for (const i of piece)
      for (const at of [i, i - 1, i + 1, i - width, i + width])
        if (at < closed.data.length) closed.data[at] = 1;
  }
  const { data } = resize(closed, mask.width, mask.height);
  for (let i = 0; i < data.length; i++)
    mask.data[i] = Math.max(mask.data[i] as number, smoothstep(0.3, 0.7, data[i] as number));
}

function isUnderHead(piece: Int32Array, width: number, heads: readonly Head[], scale: number): boolean {
  let [x, y] = [0, 0];
  for (const i of piece) {
    x += (i % width) / piece.length;
    y += Math.floor(i / width) / piece.length;
  }
  return heads.some((head) => {
    const unit = head.unit * scale;
    const [across, down] = [(x - head.x * scale) / unit, (y - head.y * scale) / unit];
    const area = piece.length / (unit * unit);
    return (
      Math.abs(across) < torso.across &&
      down > torso.from &&
      down < torso.to &&
      area > gap.least &&
      area < gap.most
    );
  });
}

/** Whether somebody is all around a piece, but for the foot of the photo. */
function isEnclosed(piece: Int32Array, { width, height }: Size, isNobody: (i: number) => boolean): boolean {
  let [rim, foot] = [0, 0];
  for (const i of piece) {
    const x = i % width;
    if (x === 0 || x === width - 1 || i < width) return false;
    if (i >= width * (height - 1)) foot += 1;
    for (const at of [i - 1, i + 1, i - width]) if (!isNobody(at)) rim += 1;
  }
  return foot <= mostFoot * (rim + foot);
}

/** Says of a place of the copy whether it has a colour that is common where `inside` is 1. */
function coloursOf(picture: Picture, { width, height }: Size, inside: Uint8Array): (i: number) => boolean {
  const { L, a, b } = labField(resizePicture(picture, width, height, 'smooth'));
  const cell = (i: number) =>
    Math.floor((L[i] as number) / lightStep) * 1e4 +
    Math.floor((a[i] as number) / hueStep + 50) * 100 +
    Math.floor((b[i] as number) / hueStep + 50);
  const counts = new Map<number, number>();
  let all = 0;
  for (let i = 0; i < L.length; i++) {
    if (inside[i] === 0) continue;
    counts.set(cell(i), (counts.get(cell(i)) ?? 0) + 1);
    all += 1;
  }
  return (i) => (counts.get(cell(i)) ?? 0) > ofRoom * all;
}
