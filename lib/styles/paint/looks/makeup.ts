import { gaussian } from '../kernels/gaussian.ts';
import { contours, type FaceMesh, meshPoint } from '../people/face-mesh.ts';
import { type Colour, clamp, mix, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import { toLab, toRgb } from '../reference/oklab.ts';

/** Colours for parts of a face; a part without a colour stays as it is. */
export type MakeupShades = { readonly lips?: Colour; readonly eyes?: Colour; readonly cheeks?: Colour };

type Point = readonly [number, number];

/** How much of a shade is seen, by part: lipstick covers, the rest is a veil. */
const strength = { lips: 0.82, eyes: 0.5, cheeks: 0.38 } as const;

/** The photo with lips, lids and cheeks of everybody in these shades, on skin as it is. */
export function putOnMakeup(photo: Picture, meshes: readonly FaceMesh[], shades: MakeupShades): Picture {
  const out: Picture = {
    width: photo.width,
    height: photo.height,
    r: photo.r.slice(),
    g: photo.g.slice(),
    b: photo.b.slice(),
  };
  for (const mesh of meshes) {
    const at = (index: number): Point => meshPoint(mesh, index, photo);
    const [top, chin] = [at(10), at(152)];
    const unit = Math.hypot(chin[0] - top[0], chin[1] - top[1]);
    const light = lightOn(mesh, photo);
    if (shades.cheeks) {
      for (const [one, two, three] of [
        [50, 205, 117],
        [280, 425, 346],
      ] as const)
        veil(out, blush([at(one), at(two), at(three)], unit, photo), {
          shade: shades.cheeks,
          light,
          on: 'cheeks',
        });
    }
    if (shades.eyes)
      for (const side of ['right', 'left'] as const)
        veil(out, lid(at, side, unit, photo), { shade: shades.eyes, light, on: 'eyes' });
    if (shades.lips) {
      const outer = polygon(contours.lips.map(at), photo, unit * 0.012);
      const inner = polygon(contours.mouth.map(at), photo, unit * 0.008);
      subtract(outer, inner);
      veil(out, outer, { shade: shades.lips, light, on: 'lips' });
    }
  }
  return out;
}

/** Where light falls on it, skin of any colour shines about this bright (OKLab). */
const usualShine = 0.8;

/**
 * How much light falls on a face, 1 in usual light: by where it shines, since skin itself may be dark. A shade in little light
 * is as much darker and duller as everything else is there.
 */
function lightOn(mesh: FaceMesh, photo: Picture): number {
  const lights: number[] = [];
  for (let index = 0; index < mesh.points.length / 2; index++) {
    const [x, y] = meshPoint(mesh, index, photo);
    const at = Math.floor(y) * photo.width + Math.floor(x);
    if (x < 0 || y < 0 || x >= photo.width || y >= photo.height) continue;
    lights.push(toLab(photo.r[at] as number, photo.g[at] as number, photo.b[at] as number)[0]);
  }
  lights.sort((one, two) => one - two);
  return clamp((lights[Math.floor(0.92 * (lights.length - 1))] ?? usualShine) / usualShine, 0.45, 1);
}

/** A part of the picture with how much each of its pixels is covered. */
type Patch = { readonly x: number; readonly y: number; readonly cover: Plane };

/** A closed shape, drawn with four samples a pixel and a soft rim. */
function polygon(points: readonly Point[], photo: Picture, soft: number): Patch {
  const room = Math.ceil(soft * 3) + 2;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = Math.max(0, Math.floor(Math.min(...xs)) - room);
  const y = Math.max(0, Math.floor(Math.min(...ys)) - room);
  const width = Math.max(1, Math.min(photo.width, Math.ceil(Math.max(...xs)) + room) - x);
  const height = Math.max(1, Math.min(photo.height, Math.ceil(Math.max(...ys)) + room) - y);
  const cover = newPlane(width, height);
  const lines = 4;
  for (let row = 0; row < height * lines; row++) {
    const py = y + (row + 0.5) / lines;
    const cuts: number[] = [];
    points.forEach(([ax, ay], k) => {
      const [bx, by] = points[(k + 1) % points.length] as Point;
      if (ay <= py !== by <= py) cuts.push(ax + ((py - ay) / (by - ay)) * (bx - ax));
    });
    cuts.sort((one, two) => one - two);
    const line = Math.floor(row / lines) * width;
    for (let k = 0; k + 1 < cuts.length; k += 2) {
      const [from, to] = [(cuts[k] as number) - x, (cuts[k + 1] as number) - x];
      for (let px = Math.max(0, Math.floor(from)); px < Math.min(width, Math.ceil(to)); px++) {
        const inside = clamp(Math.min(to, px + 1) - Math.max(from, px), 0, 1);
        cover.data[line + px] = (cover.data[line + px] as number) + inside / lines;
      }
    }
  }
  return { x, y, cover: gaussian(cover, soft) };
}

function subtract(from: Patch, what: Patch): void {
  for (let y = 0; y < what.cover.height; y++)
    for (let x = 0; x < what.cover.width; x++) {
      const [px, py] = [x + what.x - from.x, y + what.y - from.y];
      if (px < 0 || py < 0 || px >= from.cover.width || py >= from.cover.height) continue;
      const at = py * from.cover.width + px;
      from.cover.data[at] =
        (from.cover.data[at] as number) * (1 - (what.cover.data[y * what.cover.width + x] as number));
    }
}

/** From the lashes to under the brow, fading upwards; the eye itself is left out. */
function lid(at: (index: number) => Point, side: 'right' | 'left', unit: number, photo: Picture): Patch {
  const lashes =
    side === 'right'
      ? [33, 246, 161, 160, 159, 158, 157, 173, 133]
      : [263, 466, 388, 387, 386, 385, 384, 398, 362];
  const brow = side === 'right' ? [55, 65, 52, 53, 46] : [285, 295, 282, 283, 276];
  const towards = (from: Point, to: Point, share: number): Point => [
    mix(from[0], to[0], share),
    mix(from[1], to[1], share),
  ];
  const upper = brow.map((index, k) => {
    const lash = at(lashes[Math.round(((4 - k) / 4) * (lashes.length - 1))] as number);
    return towards(lash, at(index), 0.62);
  });
  const [outerLash, outerBrow] = [at(lashes[0] as number), upper[4] as Point];
  const wing: Point = [
    outerLash[0] + (outerLash[0] - at(lashes[8] as number)[0]) * 0.12,
    mix(outerLash[1], outerBrow[1], 0.45),
  ];
  const patch = polygon([...lashes.map(at).reverse(), wing, ...[...upper].reverse()], photo, unit * 0.016);
  const eye = polygon((side === 'right' ? contours.rightEye : contours.leftEye).map(at), photo, unit * 0.004);
  subtract(patch, eye);
  return patch;
}

/** A soft spot on the bone of the cheek, drawn out towards the ear. */
function blush([apple, below, outer]: readonly [Point, Point, Point], unit: number, photo: Picture): Patch {
  const centre: Point = [(apple[0] * 2 + below[0] + outer[0]) / 4, (apple[1] * 2 + below[1] + outer[1]) / 4];
  const angle = Math.atan2(outer[1] - below[1], outer[0] - below[0]);
  const ring = Array.from({ length: 24 }, (_, k): Point => {
    const t = (k / 24) * 2 * Math.PI;
    const [along, across] = [Math.cos(t) * unit * 0.115, Math.sin(t) * unit * 0.06];
    return [
      centre[0] + along * Math.cos(angle) - across * Math.sin(angle),
      centre[1] + along * Math.sin(angle) + across * Math.cos(angle),
    ];
  });
  return polygon(ring, photo, unit * 0.045);
}

type Shade = { readonly shade: Colour; readonly light: number; readonly on: keyof typeof strength };

/** So much darker than the skin around (OKLab) are brows, lashes, beards and frames of glasses: they are not made up. */
const notSkin = { from: 0.12, to: 0.24 };

/** Lays a shade over a patch: the hue is the shade's, light and pores stay the skin's. */
function veil(out: Picture, { x, y, cover }: Patch, { shade, light: lit, on }: Shade): void {
  const target = toLab(...shade).map((value) => value * lit) as [number, number, number];
  let [sum, weight] = [0, 0];
  each(out, { x, y, cover }, (i, share) => {
    sum += share * toLab(out.r[i] as number, out.g[i] as number, out.b[i] as number)[0];
    weight += share;
  });
  if (weight < 1) return;
  const usual = sum / weight;
  // Rouge on dark skin is deeper, on light skin lighter than the card: it is the difference that is laid on.
  const middle = on === 'lips' ? mix(usual, target[0], 0.75) : mix(usual, target[0], 0.35);
  each(out, { x, y, cover }, (i, share) => {
    const [L, a, b] = toLab(out.r[i] as number, out.g[i] as number, out.b[i] as number);
    const light = clamp(middle + (L - usual) * (on === 'lips' ? 1.12 : 1), 0, 1);
    const fade = clamp(light / Math.max(0.1, middle), 0.5, 1.1);
    const skin = on === 'lips' ? 1 : 1 - smoothstep(notSkin.from, notSkin.to, usual - L);
    const here = share * strength[on] * skin;
    const [r, g, blue] = toRgb([
      mix(L, light, here),
      mix(a, target[1] * fade, here),
      mix(b, target[2] * fade, here),
    ]);
    out.r[i] = clamp(r, 0, 1);
    out.g[i] = clamp(g, 0, 1);
    out.b[i] = clamp(blue, 0, 1);
  });
}

function each(out: Picture, { x, y, cover }: Patch, call: (index: number, share: number) => void): void {
  for (let row = 0, k = 0; row < cover.height; row++)
    for (let column = 0; column < cover.width; column++, k++) {
      const share = cover.data[k] as number;
      if (share > 0.003) call((y + row) * out.width + x + column, share);
    }
}
