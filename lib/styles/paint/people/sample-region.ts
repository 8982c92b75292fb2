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
  const samples = Math.max(1, Math.min(6, Math.round(Math.max(region.width, region.height) / side)));
  const columns = places(region.x, region.width, side * samples, width);
  const rows = places(region.y, region.height, side * samples, height);
  const share = 1 / (samples * samples);
  for (let row = 0; row < rows.length; row++) {
    const py = rows[row] as number;
    if (py < 0) continue;
    const line = Math.floor(row / samples) * side;
    for (let x = 0, column = 0; x < side; x++) {
      let sr = 0;
      let sg = 0;
      let sb = 0;
      for (let k = 0; k < samples; k++, column++) {
        const px = columns[column] as number;
        if (px < 0) continue;
        const i = py * width + px;
        sr += r[i] as number;
        sg += g[i] as number;
        sb += b[i] as number;
      }
      const at = (line + x) * 3;
      out[at] = (out[at] as number) + share * sr;
      out[at + 1] = (out[at + 1] as number) + share * sg;
      out[at + 2] = (out[at + 2] as number) + share * sb;
    }
  }
  return out;
}

/** The pixel under each of `count` even places along one side of the region, or -1 outside the picture. */
function places(start: number, length: number, count: number, limit: number): Int32Array {
  return Int32Array.from({ length: count }, (_, k) => {
    const at = Math.floor(start + ((k + 0.5) / count) * length);
    return at >= 0 && at < limit ? at : -1;
  });
}
