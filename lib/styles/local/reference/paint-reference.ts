import { flowOf } from '../kernels/flow.ts';
import { gaussian, gaussianPicture } from '../kernels/gaussian.ts';
import { kuwahara } from '../kernels/kuwahara.ts';
import { drawLines } from '../kernels/lines.ts';
import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import { faceMap } from '../people/face-map.ts';
import { clamp01, luma, mix, newPicture, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import { type Scene, studySize } from '../scene.ts';
import { matchTexture, weaveTexture } from './match-texture.ts';
import { applyMove, moveColours, paletteOf } from './move-colours.ts';
import { labAt } from './oklab.ts';
import type { Reference } from './read-reference.ts';

/** How much of a skin's own colour and light stay, at most. */
const ownColour = 0.6;
const ownLight = 0.4;
/** How far what is broader than a stroke is the photo's and not the reference's. */
const anchor = 0.9;
/** Texture is woven at this longest side and enlarged: a reference has seldom more to give. */
const wovenSide = 960;

/**
 * The photo in palette, light and texture of another picture. Faces keep their features and most of their own
 * colour; texture is woven in only as far as the reference has one.
 */
export function paintReference(scene: Scene, reference: Reference): Picture {
  const { photo } = scene;
  const size = studySize(scene, 640);
  const small = resizePicture(photo, size.width, size.height, 'smooth');
  const skin = skinOf(scene, small);
  const coloured = recolour(scene, small, skin, reference);
  if (reference.texture < 0.05) return coloured;
  return weave(scene, coloured, skin, reference);
}

function recolour(scene: Scene, small: Picture, skin: Plane, reference: Reference): Picture {
  const { photo } = scene;
  const from = paletteOf(small, 3, (i) => 1 - 0.7 * (skin.data[i] as number));
  const to = paletteOf(reference.small, 5, () => 1);
  const move = moveColours(from, to, 0.94);
  const moved = copyOf(photo);
  applyMove(moved, move);
  const calm = resize(skin, photo.width, photo.height).data;
  for (let i = 0; i < calm.length; i++) {
    const here = calm[i] as number;
    if (here < 0.004) continue;
    const colour = here * ownColour * reference.colour;
    const light = here * ownLight;
    const [r, g, b] = [moved.r[i] as number, moved.g[i] as number, moved.b[i] as number];
    const [pr, pg, pb] = [photo.r[i] as number, photo.g[i] as number, photo.b[i] as number];
    const now = 0.2126 * r + 0.7152 * g + 0.0722 * b;
    const own = 0.2126 * pr + 0.7152 * pg + 0.0722 * pb;
    const target = mix(now, own, light);
    // The photo's colour is brought to the light it will have, or it would glow.
    const gain = Math.min(1.8, target / Math.max(0.05, own));
    moved.r[i] = clamp01(target + mix(r - now, (pr - own) * gain, colour));
    moved.g[i] = clamp01(target + mix(g - now, (pg - own) * gain, colour));
    moved.b[i] = clamp01(target + mix(b - now, (pb - own) * gain, colour));
  }
  return moved;
}

function weave(scene: Scene, coloured: Picture, skin: Plane, reference: Reference): Picture {
  const { photo, faces, unit, stroke } = scene;
  const { width, height } = photo;
  const size = { width: skin.width, height: skin.height };
  const scale = size.width / width;
  const small = resizePicture(coloured, size.width, size.height, 'smooth');
  const light = luma(small);
  const flow = flowOf(light, 2.2, 6);
  const simple = kuwahara(small, flow, 3);
  const face = faceMap(size.width, size.height, faces);
  const edges = edgesOf(luma(simple), 3 * unit * scale);
  const content = newPlane(size.width, size.height);
  const keep = newPlane(size.width, size.height);
  for (let i = 0; i < content.data.length; i++) {
    const [f, s, e] = [face.data[i] as number, skin.data[i] as number, edges.data[i] as number];
    content.data[i] = Math.min(0.92, 0.42 + 0.5 * Math.max(f, e));
    keep.data[i] = Math.min(0.88, 0.05 + 0.78 * f + 0.3 * s * (1 - f) + 0.42 * e * (1 - f));
  }
  const match = matchTexture(simple, reference.picture, content);
  const inner = fitted(photo, Math.min(wovenSide, Math.max(width, height)));
  const cloth = weaveTexture(match, reference.picture, inner.width, inner.height);
  // Forms stay the photo's, texture the reference's: what is broader than a stroke is drawn back.
  const sigma = 6.5 * stroke;
  const broad = resizePicture(gaussianPicture(cloth, (sigma * inner.width) / width), width, height, 'smooth');
  const woven = resizePicture(cloth, width, height, 'crisp');
  const wanted = resizePicture(simple, width, height, 'smooth');
  const form = resizePicture(gaussianPicture(simple, sigma * 0.4 * scale), width, height, 'smooth');
  const own = resize(keep, width, height).data;
  const calm = resize(face, width, height).data;
  const drawn = drawLines(light, flow, { sigma: 0.8, along: 3, threshold: 0.008, hardness: 50 });
  const lines = resize(drawn, width, height).data;
  const out = newPicture(width, height);
  for (let i = 0; i < own.length; i++) {
    const share = 1 - (1 - (own[i] as number)) * reference.texture;
    const ink = 1 - 0.32 * (lines[i] as number) * reference.texture;
    // On a face the photo's own fine drawing; beside it the simplified forms.
    const fine = 0.35 + 0.65 * Math.max(calm[i] as number, 1 - reference.texture);
    const dr = (woven.r[i] as number) - (broad.r[i] as number);
    const dg = (woven.g[i] as number) - (broad.g[i] as number);
    const db = (woven.b[i] as number) - (broad.b[i] as number);
    // The grain of the texture is mostly light and shade: of its colours less is taken, or borders look torn.
    const shade = 0.2126 * dr + 0.7152 * dg + 0.0722 * db;
    const one = (grain: number, b: number, f: number, c: number, s: number) => {
      const texture = mix(shade, grain, 0.6) + mix(b, f, anchor);
      return clamp01(mix(texture, mix(s, c, fine), share) * ink);
    };
    out.r[i] = one(
      dr,
      broad.r[i] as number,
      form.r[i] as number,
      coloured.r[i] as number,
      wanted.r[i] as number,
    );
    out.g[i] = one(
      dg,
      broad.g[i] as number,
      form.g[i] as number,
      coloured.g[i] as number,
      wanted.g[i] as number,
    );
    out.b[i] = one(
      db,
      broad.b[i] as number,
      form.b[i] as number,
      coloured.b[i] as number,
      wanted.b[i] as number,
    );
  }
  return out;
}

/** 1 where forms meet, 0 where nothing happens. */
function edgesOf(light: Plane, spread: number): Plane {
  const wide = gaussian(light, Math.max(1, spread) * 1.6).data;
  const out = newPlane(light.width, light.height);
  for (let i = 0; i < out.data.length; i++)
    out.data[i] = Math.abs((light.data[i] as number) - (wide[i] as number));
  const near = gaussian(out, Math.max(1, spread * 0.7));
  for (let i = 0; i < near.data.length; i++) near.data[i] = smoothstep(0.02, 0.07, near.data[i] as number);
  return near;
}

/** Faces, and whatever of the person has a face's colour: neck, hands, arms. */
function skinOf(scene: Scene, small: Picture): Plane {
  const { faces, person } = scene;
  const map = faceMap(small.width, small.height, faces);
  const [face] = faces;
  if (!face) return map;
  // Hair and backdrop around a face are not skin: they go with the rest of the picture.
  const body = person ? resize(person, small.width, small.height).data : null;
  const sample = medianColour(small, face);
  for (let i = 0; i < map.data.length; i++) {
    const [lightness, a, b] = labAt(small, i);
    const distance = Math.hypot(a - sample[1], b - sample[2]);
    const near = map.data[i] as number;
    const spread = near > 0.5 ? 1.5 : 1;
    const alike = 1 - smoothstep(0.025 * spread, 0.06 * spread, distance);
    const dark = smoothstep(0.28, 0.5, lightness / Math.max(0.2, sample[0]));
    map.data[i] = Math.max(near * mix(0.55, 1, alike), body ? (body[i] as number) * alike * 0.85 : 0) * dark;
  }
  return gaussian(map, 2);
}

/** The colour in the middle of a face. */
function medianColour(small: Picture, face: Scene['faces'][number]): readonly [number, number, number] {
  const found: [number[], number[], number[]] = [[], [], []];
  for (let y = -0.25; y <= 0.25; y += 0.05) {
    for (let x = -0.25; x <= 0.25; x += 0.05) {
      const px = Math.round((face.x + x * face.width) * small.width);
      const py = Math.round((face.y + y * face.height) * small.height);
      if (px < 0 || py < 0 || px >= small.width || py >= small.height) continue;
      labAt(small, py * small.width + px).forEach((value, k) => {
        found[k as 0 | 1 | 2].push(value);
      });
    }
  }
  const middle = (values: number[]) => values.sort((one, two) => one - two)[values.length >> 1] ?? 0;
  return [middle(found[0]), middle(found[1]), middle(found[2])];
}

function copyOf({ width, height, r, g, b }: Picture): Picture {
  return { width, height, r: r.slice(), g: g.slice(), b: b.slice() };
}
