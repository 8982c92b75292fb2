import type { Head } from './head.ts';
import type { Shares } from './solve-parts.ts';

/** Where an ear shows between locks, in heights of the face from its middle; nothing larger than so many of its squares. */
const ear = { from: 0.3, to: 0.68, above: -0.3, below: 0.4, most: 0.05 };

/** A piece that reaches farther from a head than this, in heights of the face, is an arm. */
const reach = 1.5;

/**
 * Skin hangs together with a face. What on a head has its colour and hangs together with hair alone is where hair shines,
 * or a lock against the light: gives it to hair, in place.
 */
export function fillHair({ skin, hair, clothes, background }: Shares, heads: readonly Head[]): void {
  const { width, height, data } = skin;
  const seen = new Uint8Array(data.length);
  const queue = new Int32Array(data.length);
  for (let start = 0; start < data.length; start++) {
    if (seen[start] === 1 || (data[start] as number) < 0.5) continue;
    const head = nearest(heads, start % width, Math.floor(start / width));
    if (!head) return;
    let end = 0;
    let isOwn = true;
    const sides = { hair: 0, other: 0 };
    const visit = (i: number) => {
      if ((data[i] as number) < 0.5) {
        if ((hair.data[i] as number) > 0.4) sides.hair += 1;
        else if ((clothes.data[i] as number) > 0.4 || (background.data[i] as number) < 0.4) sides.other += 1;
        return;
      }
      if (seen[i] === 1) return;
      seen[i] = 1;
      queue[end++] = i;
    };
    visit(start);
    for (let k = 0; k < end; k++) {
      const i = queue[k] as number;
      const [x, y] = [i % width, Math.floor(i / width)];
      const away = Math.hypot(x - head.x, y - head.y) / head.unit;
      if (away < 0.3 || away > reach) isOwn = false;
      if (x > 0) visit(i - 1);
      if (x < width - 1) visit(i + 1);
      if (y > 0) visit(i - width);
      if (y < height - 1) visit(i + width);
    }
    if (isEar(queue.subarray(0, end), width, head)) continue;
    if (!isOwn || sides.hair < 4 || sides.other > 0.25 * sides.hair) continue;
    for (let k = 0; k < end; k++) give(skin.data, hair.data, queue[k] as number, width);
  }
}

function isEar(piece: Int32Array, width: number, { x, y, unit }: Head): boolean {
  if (piece.length > ear.most * unit * unit) return false;
  let [across, down] = [0, 0];
  for (const i of piece) {
    across += ((i % width) - x) / unit / piece.length;
    down += (Math.floor(i / width) - y) / unit / piece.length;
  }
  const side = Math.abs(across);
  return side > ear.from && side < ear.to && down > ear.above && down < ear.below;
}

/** The piece and its soft rim. */
function give(from: Float32Array, to: Float32Array, middle: number, width: number): void {
  for (const i of [middle, middle - 1, middle + 1, middle - width, middle + width]) {
    if (i < 0 || i >= from.length) continue;
    to[i] = (to[i] as number) + (from[i] as number);
    from[i] = 0;
  }
}

function nearest(heads: readonly Head[], x: number, y: number): Head | null {
  let [found, least]: [Head | null, number] = [null, Infinity];
  for (const head of heads) {
    const away = Math.hypot(x - head.x, y - head.y) / head.unit;
    if (away < least) [found, least] = [head, away];
  }
  return found;
}
