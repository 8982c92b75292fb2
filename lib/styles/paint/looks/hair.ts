import type { Head } from '../parts/head.ts';
import { type Colour, clamp, mix, type Picture, type Plane } from '../raster.ts';
import { type Lab, toLab, toRgb } from '../reference/oklab.ts';

/** Hair reflects light in its own colour in the depth and nearly white where it shines. */
const shineFrom = 0.34;

/**
 * The photo with hair in another shade: every strand keeps its place in light and shade. Each head is dyed from
 * what its own hair was. Pixels outside of `mask` stay as they are.
 */
export function dyeHair(photo: Picture, mask: Plane, heads: readonly Head[], shade: Colour): Picture {
  const { width, height } = photo;
  const out: Picture = { width, height, r: photo.r.slice(), g: photo.g.slice(), b: photo.b.slice() };
  const target = toLab(...shade);
  const owner = ownersOf(mask, heads);
  const usual = heads.map((_, k) => usualOf(photo, mask, owner, k));
  for (let i = 0; i < mask.data.length; i++) {
    const share = mask.data[i] as number;
    const own = usual[owner[i] as number];
    if (share < 0.004 || !own) continue;
    const lab = toLab(photo.r[i] as number, photo.g[i] as number, photo.b[i] as number);
    const [r, g, b] = toRgb(dyed(lab, own, target));
    out.r[i] = mix(photo.r[i] as number, clamp(r, 0, 1), share);
    out.g[i] = mix(photo.g[i] as number, clamp(g, 0, 1), share);
    out.b[i] = mix(photo.b[i] as number, clamp(b, 0, 1), share);
  }
  return out;
}

function dyed([L, a, b]: Lab, own: Lab, target: Lab): Lab {
  // A dye seldom goes all the way: black hair bleached to blonde stays a little deeper than the card.
  const lift = target[0] - own[0];
  const middle = own[0] + lift * (lift > 0 ? 0.88 : 0.94);
  // Strands of dark hair differ little in light; brought up, they must differ as those of light hair do.
  const contrast = clamp(((middle + 0.12) / (own[0] + 0.12)) ** 0.6, 0.6, 1.7);
  const light = clamp(middle + (L - own[0]) * contrast, 0.03, 0.985);
  const over = light - middle;
  const depth = over < 0 ? (light / Math.max(0.05, middle)) ** 0.7 : 1 - 0.55 * clamp(over / shineFrom, 0, 1);
  // What a strand differs in hue from the rest it keeps in part: hair of one colour only is a wig.
  return [
    light,
    target[1] * depth + 0.3 * (a - own[1] * (L / Math.max(0.05, own[0]))),
    target[2] * depth + 0.3 * (b - own[2] * (L / Math.max(0.05, own[0]))),
  ];
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

function usualOf(photo: Picture, mask: Plane, owner: Uint8Array, who: number): Lab | null {
  const found: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < owner.length; i += 3) {
    if (owner[i] !== who || (mask.data[i] as number) < 0.7) continue;
    toLab(photo.r[i] as number, photo.g[i] as number, photo.b[i] as number).forEach((value, c) => {
      found[c as 0 | 1 | 2].push(value);
    });
  }
  if (found[0].length < 12) return null;
  const middle = (values: number[]) => values.sort((one, two) => one - two)[values.length >> 1] as number;
  return [middle(found[0]), middle(found[1]), middle(found[2])];
}
