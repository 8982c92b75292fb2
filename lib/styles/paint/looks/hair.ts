import { gaussian } from '../kernels/gaussian.ts';
import type { Head } from '../parts/head.ts';
import { type Colour, clamp, letGo, mix, type Picture, type Plane, smoothstep } from '../raster.ts';
import { type Lab, toLab, toRgb } from '../reference/oklab.ts';

/** How light the hair of one head is, in its depth, as a whole and where it shines; and its colour as a whole. */
type OwnHair = { readonly depth: number; readonly middle: Lab; readonly shine: number };

/** Strands that hardly differ are brought this much farther apart at most: beyond it grain would be seen, not hair. */
const mostContrast = 2.6;

/** As wide as the rim where hair is thin and shows its roots, in heights of the face, and the share of a lighter shade that is missing there. */
const [rootsWide, rootsLeft] = [0.045, 0.4];

/**
 * The photo with hair in another shade: every strand keeps its place in light and shade. Each head is dyed from
 * what its own hair was. Pixels outside of `mask` stay as they are.
 */
export function dyeHair(photo: Picture, mask: Plane, heads: readonly Head[], shade: Colour): Picture {
  const { width, height } = photo;
  const out: Picture = { width, height, r: photo.r.slice(), g: photo.g.slice(), b: photo.b.slice() };
  const owner = ownersOf(mask, heads);
  const dyes = heads.map((head, k) => {
    const own = ownHairOf(photo, mask, owner, k);
    return own && dyeOf(own, shade, lightOn(photo, mask, head));
  });
  const units = heads.map(({ unit }) => unit).sort((one, two) => one - two);
  const inside = gaussian(mask, Math.max(0.6, rootsWide * (units[units.length >> 1] ?? 0)));
  for (let y = 0; y < height; y++) dyeRow(photo, mask, inside, owner, dyes, y * width, out);
  letGo(inside);
  return out;
}

function dyeRow(
  photo: Picture,
  mask: Plane,
  inside: Plane,
  owner: Uint8Array,
  dyes: readonly (Dye | null)[],
  from: number,
  out: Picture,
): void {
  for (let i = from; i < from + mask.width; i++) {
    const found = mask.data[i] as number;
    const dye = dyes[owner[i] as number];
    if (found < 0.004 || !dye) continue;
    const seen = toLab(photo.r[i] as number, photo.g[i] as number, photo.b[i] as number);
    // At a rim skin or wall shines through: what of it is hair is no lighter than that hair shines, and mostly in the shade of roots.
    const rim = 1 - smoothstep(0.5, 0.97, inside.data[i] as number);
    const most = mix(dye.shine, dye.own[0], rim);
    // What is much lighter there is skin that was taken for hair.
    const share = found * (1 - rim * smoothstep(0.04, 0.16, seen[0] - dye.shine));
    const light = mix(Math.min(seen[0], most), seen[0], smoothstep(0.85, 1, share) * (1 - rim));
    const [r, g, b] = toRgb(dyed([light, seen[1], seen[2]], dye, rootsLeft * rim));
    out.r[i] = mix(photo.r[i] as number, clamp(r, 0, 1), share);
    out.g[i] = mix(photo.g[i] as number, clamp(g, 0, 1), share);
    out.b[i] = mix(photo.b[i] as number, clamp(b, 0, 1), share);
  }
}

/** A face this light (OKLab) or lighter is lit well enough for the card's own lightness, whatever its skin. */
const litFace = 0.42;
/** In the dark a shade loses no more than this share of its lightness. */
const mostLost = 0.4;

/** How much of its lightness a shade has in the light that falls on a head, by the middle of its face without hair. */
function lightOn({ width, height, r, g, b }: Picture, mask: Plane, { x, y, unit }: Head): number {
  const found: number[] = [];
  const step = Math.max(1, unit / 24);
  for (let row = y - 0.1 * unit; row < y + 0.34 * unit; row += step)
    for (let column = x - 0.25 * unit; column < x + 0.25 * unit; column += step) {
      const [px, py] = [Math.round(column), Math.round(row)];
      if (px < 0 || py < 0 || px >= width || py >= height) continue;
      const i = py * width + px;
      if ((mask.data[i] as number) < 0.3)
        found.push(toLab(r[i] as number, g[i] as number, b[i] as number)[0]);
    }
  const middle = found.sort((one, two) => one - two)[found.length >> 1] ?? litFace;
  return clamp(middle / litFace, 1 - mostLost, 1);
}

/** What is done to one head's hair. */
type Dye = {
  readonly own: Lab;
  /** How light the hair is where it shines. */
  readonly shine: number;
  readonly middle: number;
  /** How much farther apart strands are brought, below the middle and above it. */
  readonly deeper: number;
  readonly lighter: number;
  /** The dye's two axes of colour at each lightness, in steps. */
  readonly a: Float32Array;
  readonly b: Float32Array;
};

const steps = 128;

function dyeOf({ depth, middle, shine }: OwnHair, shade: Colour, lit: number): Dye {
  const target = toLab(...shade);
  // A dye seldom goes all the way: black hair bleached to blonde stays a little deeper than the card.
  const lift = target[0] - middle[0];
  const light = lit * (middle[0] + lift * (lift > 0 ? 0.86 : 0.94));
  const gain = (wanted: number, found: number) => clamp(wanted / Math.max(0.02, found), 0.6, mostContrast);
  const [a, b] = coloursOf(target, shade);
  return {
    own: middle,
    shine,
    middle: light,
    // Between the depth of hair and its shine lies about as much as this, whatever its shade.
    deeper: gain(0.4 * light, middle[0] - depth),
    lighter: gain(0.1 + 0.35 * (1 - light), shine - middle[0]),
    a,
    b,
  };
}

/**
 * The colour of a dye at each lightness. Where light has gone through more hair it is deeper and fuller in hue (the law of
 * Beer and Lambert: the share that each channel passes is raised to a power); where hair shines it is nearly the lamp's.
 */
function coloursOf(target: Lab, shade: Colour): [Float32Array, Float32Array] {
  const [a, b] = [new Float32Array(steps + 1), new Float32Array(steps + 1)];
  let power = 6;
  for (let k = 0; k <= steps; k++) {
    const light = k / steps;
    let through = toLab(...passed(shade, power));
    while (through[0] < light && power > 1) {
      power -= 0.02;
      through = toLab(...passed(shade, power));
    }
    const plain = clamp(light / Math.max(0.05, target[0]), 0, 1);
    const veil = 1 - 0.6 * clamp((light - target[0]) / 0.34, 0, 1);
    // A quarter of a shadow is depth, the rest is less light.
    a[k] = mix(target[1] * plain, through[1], 0.25) * veil;
    b[k] = mix(target[2] * plain, through[2], 0.25) * veil;
  }
  return [a, b];
}

function passed(shade: Colour, power: number): [number, number, number] {
  return [
    Math.max(0.004, shade[0]) ** power,
    Math.max(0.004, shade[1]) ** power,
    Math.max(0.004, shade[2]) ** power,
  ];
}

/** The colour of a place of this hair after dyeing; `roots` is the share of a lighter shade that its roots lack. */
function dyed([L, a, b]: Lab, { own, middle, deeper, lighter, a: dyeA, b: dyeB }: Dye, roots: number): Lab {
  const over = L - own[0];
  const whole =
    over < 0 ? middle * Math.exp((over * deeper) / middle) : middle + rolled(over * lighter, 0.97 - middle);
  const light = clamp(whole - roots * Math.max(0, whole - L), 0.03, 0.985);
  const at = Math.round(light * steps);
  // What a strand differs in hue from the rest it keeps in part: hair of one colour only is a wig.
  const fade = L / Math.max(0.05, own[0]);
  return [
    light,
    (dyeA[at] as number) + 0.3 * (a - own[1] * fade),
    (dyeB[at] as number) + 0.3 * (b - own[2] * fade),
  ];
}

/** Rises as its value does at first and never reaches `most`. */
function rolled(value: number, most: number): number {
  return most * (1 - Math.exp(-value / Math.max(0.02, most)));
}

/** Whose hair each pixel is: the nearest head, by number. */
function ownersOf({ width, height }: Plane, heads: readonly Head[]): Uint8Array {
  const owner = new Uint8Array(width * height);
  if (heads.length < 2) return owner;
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      let least = Infinity;
      heads.forEach((head, k) => {
        const d = Math.hypot(x - head.x, y - head.y) / head.unit;
        if (d < least) {
          least = d;
          owner[i] = k;
        }
      });
    }
  return owner;
}

function ownHairOf(photo: Picture, mask: Plane, owner: Uint8Array, who: number): OwnHair | null {
  const found: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < owner.length; i += 3) {
    if (owner[i] !== who || (mask.data[i] as number) < 0.7) continue;
    const lab = toLab(photo.r[i] as number, photo.g[i] as number, photo.b[i] as number);
    found[0].push(lab[0]);
    found[1].push(lab[1]);
    found[2].push(lab[2]);
  }
  if (found[0].length < 12) return null;
  const at = (values: number[], share: number) => values[Math.floor(share * (values.length - 1))] as number;
  for (const values of found) values.sort((one, two) => one - two);
  return {
    depth: at(found[0], 0.06),
    middle: [at(found[0], 0.5), at(found[1], 0.5), at(found[2], 0.5)],
    shine: at(found[0], 0.94),
  };
}
