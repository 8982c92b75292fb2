import { eachRow, eachRun } from '../each-row.ts';
import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import { depthOf } from '../parts/depth.ts';
import type { Head } from '../parts/head.ts';
import { type LabField, labField } from '../parts/lab-field.ts';
import { clamp01, letGo, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import { giveEars } from './give-ears.ts';

/** Outlines are looked at in a copy of this longest side, in cells. */
const side = 320;
/** So many cells to each side of where the network ended somebody are asked again. */
const band = 3.5;
/** Surely somebody, and surely nobody. */
const [somebody, nobody] = [0.9, 0.08];
/** A cell is compared with what is surely one or the other so many cells around it, on a lattice of every third. */
const [around, lattice] = [12, 3];
/** Nothing is given to somebody where less of this share around it surely is nobody: in a gap nobody knows what is behind. */
const leastRoom = 0.25;
/** Hue says so much more than light does. */
const hueWeight = 2;
/** In OKLab: what is somebody's and what is behind them are told apart from here on, */
const apart = { hardly: 0.08, surely: 0.16 };
/** and a colour is a mixture of both if the way over it is so little longer than the straight one. */
const detour = { none: 1.3, all: 2 };
/** Of this share of them in a mixture it is nobody's, and from that on theirs. */
const share = { nobody: 0.3, theirs: 0.7 };

/**
 * The mask, changed in place, with its outline where the colours change: the network sees a photo 256 pixels wide, gives somebody a
 * rim of the wall behind and takes an ear for it. What lies along the outline and has a colour that is near it in somebody and
 * nowhere behind them is theirs, and the other way round; what has both or none stays as it was seen.
 */
export function settleOutline(picture: Picture, mask: Plane, heads: readonly Head[]): Plane {
  const size = fitted(picture, Math.min(side, Math.max(picture.width, picture.height)));
  const { width, height } = size;
  const small = resizePicture(picture, width, height, 'smooth');
  const field = labField(small);
  const seen = resize(mask, width, height);
  const inside = Uint8Array.from(seen.data, (value) => (value >= 0.5 ? 1 : 0));
  const within = depthOf(inside, width, height);
  const without = depthOf(
    inside.map((one) => 1 - one),
    width,
    height,
  );
  const kind = new Int8Array(inside.length);
  for (let i = 0; i < kind.length; i++) {
    const value = seen.data[i] as number;
    if (value > somebody && (within[i] as number) > band + 1) kind[i] = 1;
    else if (value < nobody && (without[i] as number) > band) kind[i] = -1;
  }
  const change = newPlane(width, height);
  eachRow(height, settleRow, { field, seen: seen.data, within, without, kind, change });
  giveEars(field, seen, change, heads, width / mask.width);
  const wide = resize(change, mask.width, mask.height);
  eachRun(wide.data.length, changeRun, { mask: mask.data, change: wide.data });
  letGo(small, seen, change, wide);
  return mask;
}

type Settled = {
  readonly field: LabField;
  readonly seen: Float32Array;
  readonly within: Float32Array;
  readonly without: Float32Array;
  /** 1 what is surely somebody, -1 what is surely nobody. */
  readonly kind: Int8Array;
  readonly change: Plane;
};

function settleRow(of: Settled, y: number): void {
  const { seen, within, without, change } = of;
  const { width } = change;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    if (Math.max(within[i] as number, without[i] as number) > band) continue;
    const [toThem, toOthers, between, room] = unlikeBoth(of, x, y);
    if (between === 0) continue;
    const way = toThem + toOthers;
    const told =
      smoothstep(apart.hardly, apart.surely, between) *
      (1 - smoothstep(detour.none, detour.all, way / between));
    const wanted = smoothstep(share.nobody, share.theirs, toOthers / way) - (seen[i] as number);
    change.data[i] = wanted < 0 || room > leastRoom ? told * wanted : 0;
  }
}

/**
 * How unlike a cell is what is surely somebody around it and what is surely nobody, how unlike these are each other (0 where one
 * of them is not there), and the share of what is around that surely is nobody.
 */
function unlikeBoth({ field, kind }: Settled, x: number, y: number): [number, number, number, number] {
  const { width, height, L, a, b } = field;
  const at = y * width + x;
  const first = (from: number) => Math.max(0, Math.ceil((from - around) / lattice) * lattice);
  let [theirs, others, all, room] = [-1, -1, 0, 0];
  let [toThem, toOthers] = [Infinity, Infinity];
  for (let row = first(y); row <= Math.min(height - 1, y + around); row += lattice)
    for (let column = first(x); column <= Math.min(width - 1, x + around); column += lattice) {
      const j = row * width + column;
      all += 1;
      if (kind[j] === 0) continue;
      const da = (a[j] as number) - (a[at] as number);
      const db = (b[j] as number) - (b[at] as number);
      const d = ((L[j] as number) - (L[at] as number)) ** 2 + hueWeight ** 2 * (da * da + db * db);
      if (kind[j] === 1) {
        if (d < toThem) [toThem, theirs] = [d, j];
      } else {
        room += 1;
        if (d < toOthers) [toOthers, others] = [d, j];
      }
    }
  if (theirs < 0 || others < 0) return [0, 0, 0, 0];
  const hue =
    ((a[theirs] as number) - (a[others] as number)) ** 2 +
    ((b[theirs] as number) - (b[others] as number)) ** 2;
  const between = Math.sqrt(((L[theirs] as number) - (L[others] as number)) ** 2 + hueWeight ** 2 * hue);
  return [Math.sqrt(toThem), Math.sqrt(toOthers), between, room / all];
}

type Changed = { readonly mask: Float32Array; readonly change: Float32Array };

function changeRun({ mask, change }: Changed, from: number, to: number): void {
  for (let i = from; i < to; i++) mask[i] = clamp01((mask[i] as number) + (change[i] as number));
}
