import { enlargedRows } from '../kernels/enlarge-rows.ts';
import { flowOf } from '../kernels/flow.ts';
import { gaussian, gaussianPicture } from '../kernels/gaussian.ts';
import { kuwahara } from '../kernels/kuwahara.ts';
import { drawLines } from '../kernels/lines.ts';
import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import { faceMap } from '../people/face-map.ts';
import { clamp01, luma, mix, newPicture, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import { type Scene, studySize } from '../scene.ts';
import { skinOf } from './find-skin.ts';
import { broadShare, layGrain } from './lay-grain.ts';
import { matchTexture } from './match-texture.ts';
import { applyMove, moveColours, paletteOf } from './move-colours.ts';
import type { Reference } from './read-reference.ts';
import { weaveTexture } from './weave-texture.ts';

/** How much of a skin's own colour and light stay, at most. */
const ownColour = 0.6;
const ownLight = 0.4;
/** Texture is woven at this longest side and enlarged: a reference has seldom more to give. */
const wovenSide = 1024;
/** Forms are studied at this longest side, and what is broader than a stroke at half of it. */
const studiedSide = 640;

/**
 * The photo in palette, light and texture of another picture. Faces keep their features and most of their own
 * colour; texture is woven in only as far as the reference has one.
 */
export function paintReference(scene: Scene, reference: Reference): Picture {
  const { photo } = scene;
  const size = studySize(scene, studiedSide);
  const small = resizePicture(photo, size.width, size.height, 'smooth');
  const skin = skinOf(scene, small);
  const from = paletteOf(small, 3, (i) => 1 - 0.7 * (skin.data[i] as number));
  const to = paletteOf(reference.small, 5, (i) => reference.subject?.data[i] ?? 1);
  const move = moveColours(from, to, 0.94);
  const recolour = (picture: Picture): Picture => {
    const moved = copyOf(picture);
    applyMove(moved, move);
    keepSkin(moved, picture, skin, reference.colour);
    return moved;
  };
  const coloured = recolour(photo);
  return reference.texture < 0.05 ? coloured : weave(scene, coloured, recolour(small), skin, reference);
}

/** Gives skin back part of its own colour and light, in place. */
function keepSkin(moved: Picture, photo: Picture, skin: Plane, colourful: number): void {
  const { width, height } = photo;
  const calm = enlargedRows(skin, width, height);
  for (let y = 0, i = 0; y < height; y++) {
    const line = calm(y);
    for (let x = 0; x < width; x++, i++) {
      const here = line[x] as number;
      if (here < 0.004) continue;
      const colour = here * ownColour * colourful;
      const light = here * ownLight;
      const r = moved.r[i] as number;
      const g = moved.g[i] as number;
      const b = moved.b[i] as number;
      const pr = photo.r[i] as number;
      const pg = photo.g[i] as number;
      const pb = photo.b[i] as number;
      const now = 0.2126 * r + 0.7152 * g + 0.0722 * b;
      const own = 0.2126 * pr + 0.7152 * pg + 0.0722 * pb;
      const target = mix(now, own, light);
      // The photo's colour is brought to the light it will have, or it would glow.
      const gain = Math.min(1.8, target / Math.max(0.05, own));
      moved.r[i] = clamp01(target + mix(r - now, (pr - own) * gain, colour));
      moved.g[i] = clamp01(target + mix(g - now, (pg - own) * gain, colour));
      moved.b[i] = clamp01(target + mix(b - now, (pb - own) * gain, colour));
    }
  }
}

/** Lays texture over the coloured photo; what is decided is decided on its small copy. */
function weave(scene: Scene, coloured: Picture, small: Picture, skin: Plane, reference: Reference): Picture {
  const { photo, faces, unit, stroke } = scene;
  const { width, height } = photo;
  const size = { width: skin.width, height: skin.height };
  const scale = size.width / width;
  const light = luma(small);
  const flow = flowOf(light, 2.2, 6);
  const simple = kuwahara(small, flow, 3);
  const face = faceMap(size.width, size.height, faces);
  const edges = edgesOf(luma(simple), 3 * unit * scale);
  const content = newPlane(size.width, size.height);
  for (let i = 0; i < content.data.length; i++) {
    const near = Math.max(face.data[i] as number, edges.data[i] as number);
    content.data[i] = Math.min(0.92, 0.42 + 0.5 * near);
  }
  const match = matchTexture(simple, reference.small, content);
  const inner = fitted(photo, Math.min(wovenSide, Math.max(width, height)));
  const cloth = weaveTexture(match, reference.swatch, inner.width, inner.height);
  // Forms stay the photo's, texture the reference's: what is broader than a stroke is drawn back.
  const sigma = 6.5 * stroke * scale;
  const half = fitted(small, Math.max(1, Math.max(size.width, size.height) / 2));
  const broad = gaussianPicture(resizePicture(cloth, half.width, half.height, 'smooth'), sigma / 2);
  const form = gaussianPicture(simple, sigma * 0.4);
  const drawn = drawLines(light, flow, { sigma: 0.8, along: 3, threshold: 0.008, hardness: 50 });
  const suits = suitability(broad, form);
  const ground = newPicture(size.width, size.height);
  const texture = newPlane(size.width, size.height);
  const own = newPlane(size.width, size.height);
  for (let i = 0; i < own.data.length; i++) {
    const f = face.data[i] as number;
    const s = skin.data[i] as number;
    const e = edges.data[i] as number;
    const keep = Math.min(0.88, 0.05 + 0.78 * f + 0.5 * s * (1 - f) + 0.42 * e * (1 - f));
    const share = 1 - (1 - keep) * (suits.data[i] as number) * reference.texture;
    const ink = 1 - 0.32 * (drawn.data[i] as number) * reference.texture;
    // On a face the photo's own fine drawing; beside it the simplified forms.
    const fine = 0.35 + 0.65 * Math.max(f, 1 - reference.texture);
    const woven = (1 - share) * ink;
    const formed = woven * (1 - broadShare);
    const plain = share * (1 - fine) * ink;
    own.data[i] = share * fine * ink;
    texture.data[i] = woven;
    ground.r[i] = formed * (form.r[i] as number) + plain * (simple.r[i] as number);
    ground.g[i] = formed * (form.g[i] as number) + plain * (simple.g[i] as number);
    ground.b[i] = formed * (form.b[i] as number) + plain * (simple.b[i] as number);
  }
  layGrain(coloured, resizePicture(cloth, width, height, 'crisp'), { broad, ground, texture, own });
  return coloured;
}

/**
 * 1 where the cloth has about the colour that the photo wants, 0 where nothing in the reference suited: there a
 * patch of another colour would lie like an island with borders of its own.
 */
function suitability(broad: Picture, form: Picture): Plane {
  const wanted = resizePicture(form, broad.width, broad.height, 'smooth');
  const out = newPlane(broad.width, broad.height);
  for (let i = 0; i < out.data.length; i++) {
    const r = (broad.r[i] as number) - (wanted.r[i] as number);
    const g = (broad.g[i] as number) - (wanted.g[i] as number);
    const b = (broad.b[i] as number) - (wanted.b[i] as number);
    out.data[i] = 1 - smoothstep(0.13, 0.38, Math.sqrt((r * r + 2 * g * g + b * b) / 2));
  }
  return resize(gaussian(out, 1.5), form.width, form.height);
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

function copyOf({ width, height, r, g, b }: Picture): Picture {
  return { width, height, r: r.slice(), g: g.slice(), b: b.slice() };
}
