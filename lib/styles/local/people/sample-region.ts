import type { Picture } from '../raster.ts';

/** A rectangle of the picture in pixels; it may reach outside, where everything is black. */
export type Region = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The whole picture, stretched to whatever square it is read into. */
export function stretchedFrame(picture: { width: number; height: number }): Region {
  return { x: 0, y: 0, width: picture.width, height: picture.height };
}

/** The smallest square, centred, that holds the whole picture. */
export function squareFrame(picture: { width: number; height: number }): Region {
  const size = Math.max(picture.width, picture.height);
  return { x: (picture.width - size) / 2, y: (picture.height - size) / 2, width: size, height: size };
}

/** Reads a region as side x side x 3 values, averaging where that shrinks. */
export function sampleRegion(picture: Picture, region: Region, side: number): Float32Array {
  const { width, height, r, g, b } = picture;
  const out = new Float32Array(side * side * 3);
  const stepX = region.width / side;
  const stepY = region.height / side;
  const samples = Math.max(1, Math.min(6, Math.round(Math.max(stepX, stepY))));
  const share = 1 / (samples * samples);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const at = (y * side + x) * 3;
      for (let k = 0; k < samples * samples; k++) {
        const px = Math.floor(region.x + (x + ((k % samples) + 0.5) / samples) * stepX);
        const py = Math.floor(region.y + (y + (Math.floor(k / samples) + 0.5) / samples) * stepY);
        if (px < 0 || py < 0 || px >= width || py >= height) continue;
        const i = py * width + px;
        out[at] = (out[at] as number) + share * (r[i] as number);
        out[at + 1] = (out[at + 1] as number) + share * (g[i] as number);
        out[at + 2] = (out[at + 2] as number) + share * (b[i] as number);
      }
    }
  }
  return out;
}
