import { gaussian } from '../kernels/gaussian.ts';
import { type Picture, type Plane, smoothstep } from '../raster.ts';
import type { Head } from './head.ts';
import { type LabField, labField } from './lab-field.ts';
import type { Shares } from './prior.ts';
import { classes } from './prior.ts';

/** How far around a place counts as near it, in heights of the face. */
const reach = 0.12;
/** Where the person network surely sees somebody, so much of what colours say of the room is not heard: light hair before a window. */
const unheard = 0.9;
/** Colours nearer to each other than this are one colour. */
const least = 0.03;
/** Light falls on hair here and there, its hue stays: so much more than lightness colour says. */
const hueWeight = 8;
/** What a place was taken for before counts as much as this can add to it. */
const mayBe = 0.05;

/**
 * Settles where hair ends, in place: around each head every place is compared with what lies near it and surely is hair,
 * skin, clothes or behind. The hair's colours as a whole say less: one side of it is lit, and a wall may have its shade.
 */
export function settleRims(picture: Picture, body: Plane, shares: Shares, heads: readonly Head[]): void {
  const field = labField(picture);
  const { width, height } = field;
  for (const { x, y, unit } of heads) {
    const left = Math.max(0, Math.floor(x - 1.2 * unit));
    const top = Math.max(0, Math.floor(y - 1.3 * unit));
    const box = {
      left,
      top,
      width: Math.min(width, Math.ceil(x + 1.2 * unit)) - left,
      height: Math.min(height, Math.ceil(y + 1.5 * unit)) - top,
    };
    if (box.width < 8 || box.height < 8) continue;
    const L = cut(field.L, width, box);
    const a = cut(field.a, width, box);
    const b = cut(field.b, width, box);
    const own = classes.map((name) => cut(shares[name].data, width, box));
    settle(
      { width: box.width, height: box.height, L, a, b },
      cut(body.data, width, box),
      own,
      Math.max(1.2, reach * unit),
    );
    classes.forEach((name, k) => {
      for (let row = 0; row < box.height; row++)
        shares[name].data.set(
          (own[k] as Float32Array).subarray(row * box.width, (row + 1) * box.width),
          (box.top + row) * width + box.left,
        );
    });
  }
}

type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

function cut(from: Float32Array, width: number, box: Box): Float32Array {
  const out = new Float32Array(box.width * box.height);
  for (let row = 0; row < box.height; row++) {
    const start = (box.top + row) * width + box.left;
    out.set(from.subarray(start, start + box.width), row * box.width);
  }
  return out;
}

/** The colour of one class near each place: how much of it there is, and sums weighted by that. */
type Near = Readonly<Record<'weight' | 'L' | 'a' | 'b' | 'square', Float32Array>>;

function nearOf({ width, height, L, a, b }: LabField, share: Float32Array, sigma: number): Near {
  const sure = share.map((value) => Math.min(1, Math.max(0, (value - 0.6) / 0.35)) ** 2);
  const soft = (of: (i: number) => number) =>
    gaussian({ width, height, data: sure.map((weight, i) => weight * of(i)) }, sigma).data;
  return {
    weight: soft(() => 1),
    L: soft((i) => L[i] as number),
    a: soft((i) => a[i] as number),
    b: soft((i) => b[i] as number),
    square: soft((i) => (L[i] as number) ** 2 + hueWeight * ((a[i] as number) ** 2 + (b[i] as number) ** 2)),
  };
}

function settle(field: LabField, body: Float32Array, own: readonly Float32Array[], sigma: number): void {
  const near = own.map((share) => nearOf(field, share, sigma));
  const hair = (near[classes.indexOf('hair')] as Near).weight;
  const behind = classes.indexOf('background');
  const found = new Float32Array(classes.length);
  for (let i = 0; i < hair.length; i++) {
    // Far from hair, and in its middle, nothing is to be settled.
    if ((hair[i] as number) < 0.02 || (hair[i] as number) > 0.995) continue;
    const room = 1 - unheard * smoothstep(0.5, 0.95, body[i] as number);
    let sum = 0;
    for (let k = 0; k < near.length; k++) {
      const likely =
        likelihood(near[k] as Near, field, i) *
        (((own[k] as Float32Array)[i] as number) + mayBe) *
        (k === behind ? room : 1);
      found[k] = likely;
      sum += likely;
    }
    if (sum < 1e-6) continue;
    for (let k = 0; k < near.length; k++) (own[k] as Float32Array)[i] = (found[k] as number) / sum;
  }
}

/** How likely a class has the colour of this place, from what lies near and surely is of that class. */
function likelihood(near: Near, { L, a, b }: LabField, i: number): number {
  const weight = near.weight[i] as number;
  if (weight < 1e-3) return 0;
  const [l, ma, mb] = [
    (near.L[i] as number) / weight,
    (near.a[i] as number) / weight,
    (near.b[i] as number) / weight,
  ];
  const spread = Math.max(
    least * least,
    (near.square[i] as number) / weight - l * l - hueWeight * (ma * ma + mb * mb),
  );
  const away =
    ((L[i] as number) - l) ** 2 + hueWeight * (((a[i] as number) - ma) ** 2 + ((b[i] as number) - mb) ** 2);
  return ((weight + 0.03) * Math.exp(-away / (2 * spread))) / Math.sqrt(spread);
}
