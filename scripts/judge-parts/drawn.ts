import { z } from 'zod';

/** What people draw by hand over a photo: corners in shares of its width and height. */
const polygon = z.array(z.tuple([z.number(), z.number()])).min(3);

/** By photo: its parts, each as many polygons as it takes. `ignore` is nobody's business: it counts neither way. */
export const drawnInput = z.record(
  z.string(),
  z.object({
    clothes: z.array(polygon).optional(),
    hair: z.array(polygon).optional(),
    covering: z.array(polygon).optional(),
    ignore: z.array(polygon).optional(),
  }),
);
export type Drawn = z.infer<typeof drawnInput>[string];
type Polygon = z.infer<typeof polygon>;

/** 1 inside any of the polygons, by the middle of each pixel (even-odd rule). */
export function fillPolygons(polygons: readonly Polygon[], width: number, height: number): Uint8Array {
  const out = new Uint8Array(width * height);
  for (const corners of polygons)
    for (let y = 0; y < height; y++) {
      const level = (y + 0.5) / height;
      const crossed: number[] = [];
      corners.forEach(([x1, y1], k) => {
        const [x2, y2] = corners[(k + 1) % corners.length] as (typeof corners)[number];
        if (y1 > level !== y2 > level) crossed.push(x1 + ((level - y1) / (y2 - y1)) * (x2 - x1));
      });
      crossed.sort((one, two) => one - two);
      for (let k = 0; k + 1 < crossed.length; k += 2) {
        const from = Math.max(0, Math.ceil((crossed[k] as number) * width - 0.5));
        const to = Math.min(width, Math.ceil((crossed[k + 1] as number) * width - 0.5));
        out.fill(1, y * width + from, y * width + Math.max(from, to));
      }
    }
  return out;
}
