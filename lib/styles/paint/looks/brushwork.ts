import { flowOf } from '../kernels/flow.ts';
import { gaussian, gaussianPicture } from '../kernels/gaussian.ts';
import { fitted, resizePicture } from '../kernels/resize.ts';
import { luma, newPlane, type Picture, type Plane, smoothstep } from '../raster.ts';
import { toLab } from '../reference/oklab.ts';
import { cutRegion } from './cloth.ts';
import { type Inks, readInks } from './inks.ts';

/** One size in which a painting's brushwork is laid: its detail, and the places of it that may be taken. */
export type BrushLevel = {
  readonly width: number;
  readonly height: number;
  /** What is finer than a form, three numbers a pixel. */
  readonly detail: Float32Array;
  /** Places, eight numbers each: see {@link placeSize}. */
  readonly places: Float32Array;
  readonly block: number;
  readonly step: number;
};

/** x, y, L, a, b, angle, energy, and what it costs to take it at all, wherever: before and on top for skin. */
export const placeSize = 9;

/** A painting that was studied. */
export type Brushwork = {
  readonly levels: readonly BrushLevel[];
  /** A small copy, for its colours. */
  readonly small: Picture;
  /** 1 for a print (plain areas beside sharp ones), 0 for paint everywhere. */
  readonly print: number;
  /** How strong the brushwork is: the middle of its contrast. */
  readonly strength: number;
  readonly inks: Inks;
};

const studiedSide = 960;
const sizes = [
  { scale: 1, block: 60, step: 42, every: 6 },
  { scale: 0.75, block: 30, step: 20, every: 5 },
  { scale: 0.45, block: 20, step: 13, every: 3 },
] as const;

/**
 * Studies a painting's hand (after Efros' and Freeman's image quilting, 2001): at three sizes its detail is told from
 * its forms, and every place is described by colour, flow, energy and how far a motif (a star, a window, letters)
 * stands out there.
 */
export function readBrushwork(reference: Picture): Brushwork {
  const trimmed = cutRegion(reference, { x: 0.03, y: 0.03, width: 0.94, height: 0.94 });
  const size = fitted(trimmed, studiedSide);
  const whole = resizePicture(trimmed, size.width, size.height);
  const tiny = fitted(whole, 256);
  const inks = readInks(whole);
  let [print, strength] = [0, 0];
  const levels = sizes.map(({ scale, block, step, every }, k) => {
    const here =
      scale === 1
        ? whole
        : resizePicture(whole, Math.round(size.width * scale), Math.round(size.height * scale), 'smooth');
    const { detail, places, calm, middle } = study(here, scale, block, every);
    if (k === 0) {
      strength = middle;
      print = Math.max(inks.flat, 1 - smoothstep(0.3, 0.65, calm));
    }
    return { width: here.width, height: here.height, detail, places, block, step };
  });
  return { levels, small: resizePicture(whole, tiny.width, tiny.height, 'smooth'), print, strength, inks };
}

function study(picture: Picture, scale: number, block: number, every: number) {
  const { width, height } = picture;
  const count = width * height;
  const broad = gaussianPicture(picture, 10 * scale);
  const wider = gaussianPicture(broad, 22 * scale);
  const detail = new Float32Array(count * 3);
  const [square, fourth, chroma, structure] = [
    newPlane(width, height),
    newPlane(width, height),
    newPlane(width, height),
    newPlane(width, height),
  ];
  for (let i = 0; i < count; i++) {
    const dr = (picture.r[i] as number) - (broad.r[i] as number);
    const dg = (picture.g[i] as number) - (broad.g[i] as number);
    const db = (picture.b[i] as number) - (broad.b[i] as number);
    detail[i * 3] = dr;
    detail[i * 3 + 1] = dg;
    detail[i * 3 + 2] = db;
    const light = 0.2126 * dr + 0.7152 * dg + 0.0722 * db;
    square.data[i] = light * light;
    fourth.data[i] = light * light * light * light;
    chroma.data[i] = Math.sqrt((dr - light) ** 2 + (dg - light) ** 2 + (db - light) ** 2);
    const sr = (broad.r[i] as number) - (wider.r[i] as number);
    const sg = (broad.g[i] as number) - (wider.g[i] as number);
    const sb = (broad.b[i] as number) - (wider.b[i] as number);
    structure.data[i] = Math.sqrt(sr * sr + sg * sg + sb * sb);
  }
  const energy = gaussian(square, 8 * scale);
  for (let i = 0; i < count; i++) energy.data[i] = Math.sqrt(energy.data[i] as number);
  const middle = quantile(energy.data, 0.5) + 1e-4;
  const calm = quantile(energy.data, 0.25) / middle;
  const spread = gaussian(square, 15 * scale).data;
  const tails = gaussian(fourth, 15 * scale).data;
  const tint = gaussian(chroma, 4 * scale);
  const tintMiddle = quantile(tint.data, 0.5) + 1e-4;
  const flow = flowOf(luma(picture), 8 * scale);
  const places: number[] = [];
  const margin = Math.ceil(block * 0.55);
  const reach = Math.round(block * 0.42);
  for (let y = margin; y < height - margin; y += every)
    for (let x = margin; x < width - margin; x += every) {
      const i = y * width + x;
      const lab = toLab(broad.r[i] as number, broad.g[i] as number, broad.b[i] as number);
      const e = (energy.data[i] as number) / middle;
      const kurtosis = (tails[i] as number) / ((spread[i] as number) ** 2 + 1e-9);
      const motif = highest(structure, x, y, reach);
      const tinted = highest(tint, x, y, reach) / tintMiddle;
      const over = (value: number, limit: number) => Math.max(0, value - limit) ** 2;
      // Standing out costs a little everywhere, and five times as much on skin.
      const plain =
        0.05 * over(e, 1.7) +
        0.12 * over(tinted, 1.25) +
        0.004 * over(kurtosis, 3.6) +
        0.03 * (1 - (flow.certainty[i] as number));
      const onSkin =
        0.05 * over(e, 1) +
        0.12 * over(tinted, 0.95) +
        0.004 * over(kurtosis, 3.6) +
        0.03 * (1 - (flow.certainty[i] as number));
      places.push(
        x,
        y,
        ...lab,
        Math.atan2(flow.y[i] as number, flow.x[i] as number),
        e,
        1.5 * motif * motif + plain,
        1.5 * motif * motif + 5 * onSkin,
      );
    }
  return { detail, places: Float32Array.from(places), calm, middle };
}

function highest({ width, height, data }: Plane, x: number, y: number, reach: number): number {
  let most = 0;
  for (let dy = -reach; dy <= reach; dy += 4)
    for (let dx = -reach; dx <= reach; dx += 4) {
      const px = Math.min(width - 1, Math.max(0, x + dx));
      const py = Math.min(height - 1, Math.max(0, y + dy));
      most = Math.max(most, data[py * width + px] as number);
    }
  return most;
}

function quantile(values: Float32Array, share: number): number {
  const some = new Float32Array(Math.ceil(values.length / 17));
  for (let k = 0; k < some.length; k++) some[k] = values[17 * k] as number;
  some.sort();
  return some[Math.floor(share * (some.length - 1))] ?? 0;
}
