import { gaussian, gaussianPicture } from '../kernels/gaussian.ts';
import { fitted, resize, resizePicture } from '../kernels/resize.ts';
import { clamp01, mix, newPicture, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';

/** Somebody cut out: how much of each pixel is theirs, and the colour that is theirs there. */
export type Matte = { readonly alpha: Plane; readonly person: Picture };

/**
 * A matte with the hair's own edges: in a band around the mask each pixel is explained as a mixture of what is
 * surely somebody and what is surely behind them, near it; and what is behind is taken out of its colour.
 * Of somebody it is the hair or all the rest, whichever is more like the pixel: short dark hair between a face and a dark
 * wall is no wall that shows through. `unit` is the height of a face in pixels.
 */
export function matteOf(photo: Picture, mask: Plane, hair: Plane, unit: number): Matte {
  const { width, height } = photo;
  const size = fitted(photo, Math.min(512, Math.max(width, height)));
  const scale = size.width / width;
  const small = resizePicture(photo, size.width, size.height, 'smooth');
  const rough = resize(mask, size.width, size.height);
  const spread = Math.max(1.2, unit * 0.05 * scale);
  const wide = gaussian(rough, spread);
  const [sure, none] = [newPlane(size.width, size.height), newPlane(size.width, size.height)];
  for (let i = 0; i < wide.data.length; i++) {
    sure.data[i] = smoothstep(0.9, 0.99, wide.data[i] as number);
    none.data[i] = smoothstep(0.9, 0.99, 1 - (wide.data[i] as number));
  }
  const dyed = resize(hair, size.width, size.height);
  for (let i = 0; i < dyed.data.length; i++) {
    dyed.data[i] = smoothstep(0.5, 0.9, dyed.data[i] as number);
    sure.data[i] = (sure.data[i] as number) * (1 - (dyed.data[i] as number));
  }
  const front = enlarged(frontOf(small, sure, dyed, spread * 2), width, height);
  const back = enlarged(fill(small, none, spread * 2), width, height);
  const band = resize(wide, width, height);
  const alpha = newPlane(width, height);
  const person = newPicture(width, height);
  for (let i = 0; i < alpha.data.length; i++) {
    const rim = band.data[i] as number;
    const own = mask.data[i] as number;
    const inBand = smoothstep(0.02, 0.12, rim) * (1 - smoothstep(0.9, 0.985, rim));
    let a = own;
    if (inBand > 0) {
      const fr = front.r[i] as number;
      const fg = front.g[i] as number;
      const fb = front.b[i] as number;
      const br = back.r[i] as number;
      const bg = back.g[i] as number;
      const bb = back.b[i] as number;
      const dr = fr - br;
      const dg = fg - bg;
      const db = fb - bb;
      const apart = dr * dr + dg * dg + db * db;
      const pr = (photo.r[i] as number) - br;
      const pg = (photo.g[i] as number) - bg;
      const pb = (photo.b[i] as number) - bb;
      const told = smoothstep(0.08, 0.92, clamp01((pr * dr + pg * dg + pb * db) / (apart + 1e-4)));
      // Where front and back are alike, the mask knows better; and it is never contradicted outright.
      const trust = 0.8 * inBand * smoothstep(0.02, 0.12, apart);
      a = mix(own, Math.min(told, smoothstep(0, 0.4, own + 0.35 * rim)), trust);
    }
    alpha.data[i] = a;
    // The colour behind shines through at the rim and would be a halo before another place.
    const clean = a > 0.02 && a < 0.995 ? 1 / Math.max(a, 0.35) : 1;
    const behind = clean === 1 ? 0 : 1 - a;
    person.r[i] = clamp01(
      clean === 1
        ? (photo.r[i] as number)
        : limit(((photo.r[i] as number) - behind * (back.r[i] as number)) * clean, front.r[i] as number),
    );
    person.g[i] = clamp01(
      clean === 1
        ? (photo.g[i] as number)
        : limit(((photo.g[i] as number) - behind * (back.g[i] as number)) * clean, front.g[i] as number),
    );
    person.b[i] = clamp01(
      clean === 1
        ? (photo.b[i] as number)
        : limit(((photo.b[i] as number) - behind * (back.b[i] as number)) * clean, front.b[i] as number),
    );
  }
  return { alpha, person };
}

/** At each place the colour of somebody's hair near it or of the rest of them, whichever it is more like. */
function frontOf(small: Picture, rest: Plane, hair: Plane, sigma: number): Picture {
  const [one, two] = [fill(small, rest, sigma), fill(small, hair, sigma)];
  for (let i = 0; i < small.r.length; i++) {
    const r = small.r[i] as number;
    const g = small.g[i] as number;
    const b = small.b[i] as number;
    const toRest =
      (r - (one.r[i] as number)) ** 2 + (g - (one.g[i] as number)) ** 2 + (b - (one.b[i] as number)) ** 2;
    const toHair =
      (r - (two.r[i] as number)) ** 2 + (g - (two.g[i] as number)) ** 2 + (b - (two.b[i] as number)) ** 2;
    const share = toRest / (toRest + toHair + 1e-6);
    one.r[i] = mix(one.r[i] as number, two.r[i] as number, share);
    one.g[i] = mix(one.g[i] as number, two.g[i] as number, share);
    one.b[i] = mix(one.b[i] as number, two.b[i] as number, share);
  }
  return one;
}

/** What was taken out too far is brought back to the colour of what is near and surely somebody. */
function limit(value: number, near: number): number {
  return Math.min(near + 0.3, Math.max(near - 0.3, value));
}

/** Colours of the weighted pixels, carried to where there are none. */
function fill(picture: Picture, weight: Plane, sigma: number): Picture {
  const out = newPicture(picture.width, picture.height);
  let rest = new Float32Array(weight.data.length).fill(1);
  for (const wide of [sigma, sigma * 4, sigma * 16]) {
    const weighted = newPicture(picture.width, picture.height);
    for (let i = 0; i < weight.data.length; i++) {
      const w = weight.data[i] as number;
      weighted.r[i] = (picture.r[i] as number) * w;
      weighted.g[i] = (picture.g[i] as number) * w;
      weighted.b[i] = (picture.b[i] as number) * w;
    }
    const soft = gaussianPicture(weighted, wide);
    const sum = gaussian(weight, wide).data;
    const left = new Float32Array(rest.length);
    for (let i = 0; i < rest.length; i++) {
      const w = sum[i] as number;
      const share = (rest[i] as number) * smoothstep(0.0005, 0.02, w);
      if (share > 0) {
        out.r[i] = (out.r[i] as number) + (share * (soft.r[i] as number)) / w;
        out.g[i] = (out.g[i] as number) + (share * (soft.g[i] as number)) / w;
        out.b[i] = (out.b[i] as number) + (share * (soft.b[i] as number)) / w;
      }
      left[i] = (rest[i] as number) - share;
    }
    rest = left;
  }
  for (let i = 0; i < rest.length; i++) {
    const share = rest[i] as number;
    out.r[i] = (out.r[i] as number) + share * (picture.r[i] as number);
    out.g[i] = (out.g[i] as number) + share * (picture.g[i] as number);
    out.b[i] = (out.b[i] as number) + share * (picture.b[i] as number);
  }
  return out;
}

function enlarged(picture: Picture, width: number, height: number): Picture {
  return resizePicture(picture, width, height, 'smooth');
}
