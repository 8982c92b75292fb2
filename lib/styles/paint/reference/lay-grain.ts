import { type EnlargedRows, enlargedRows } from '../kernels/enlarge-rows.ts';
import { channels, clamp01, type Picture, type Plane } from '../raster.ts';

/** How far what is broader than a stroke is the reference's and not the photo's. */
export const broadShare = 0.1;
/** How much of the grain is light and shade alone: with all of its colours, borders look torn. */
const ownGrain = 0.4;

type ThreeRows = [EnlargedRows, EnlargedRows, EnlargedRows];

export type Layers = {
  /** The cloth without its grain. */
  readonly broad: Picture;
  /** What lies under the grain, in the share in which it is seen. */
  readonly ground: Picture;
  /** How much of the grain is seen. */
  readonly texture: Plane;
  /** How much of the coloured photo is seen. */
  readonly own: Plane;
};

/** Puts ground, the cloth's grain and the coloured photo together, in place of the photo. */
export function layGrain(coloured: Picture, cloth: Picture, layers: Layers): void {
  const { width, height } = coloured;
  const rows = (plane: Plane) => enlargedRows(plane, width, height);
  const [broadR, broadG, broadB] = channels(layers.broad).map(rows) as ThreeRows;
  const [groundR, groundG, groundB] = channels(layers.ground).map(rows) as ThreeRows;
  const texture = rows(layers.texture);
  const own = rows(layers.own);
  for (let y = 0, i = 0; y < height; y++) {
    const [br, bg, bb] = [broadR(y), broadG(y), broadB(y)];
    const [gr, gg, gb] = [groundR(y), groundG(y), groundB(y)];
    const [woven, plain] = [texture(y), own(y)];
    for (let x = 0; x < width; x++, i++) {
      const dr = (cloth.r[i] as number) - (br[x] as number);
      const dg = (cloth.g[i] as number) - (bg[x] as number);
      const db = (cloth.b[i] as number) - (bb[x] as number);
      const shade = 0.2126 * dr + 0.7152 * dg + 0.0722 * db;
      const share = woven[x] as number;
      const kept = plain[x] as number;
      const grey = share * ownGrain * shade;
      const lit = share * (1 - ownGrain);
      const left = share * broadShare;
      coloured.r[i] = clamp01(
        (gr[x] as number) + left * (br[x] as number) + lit * dr + grey + kept * (coloured.r[i] as number),
      );
      coloured.g[i] = clamp01(
        (gg[x] as number) + left * (bg[x] as number) + lit * dg + grey + kept * (coloured.g[i] as number),
      );
      coloured.b[i] = clamp01(
        (gb[x] as number) + left * (bb[x] as number) + lit * db + grey + kept * (coloured.b[i] as number),
      );
    }
  }
}
