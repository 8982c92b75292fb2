/** Points on an inch that look sharp: held in the hand, and hanging on a wall. */
const dpi = { near: 300, far: 200 } as const;

/** Centimetres, whole ones and never more than the pixels give. */
type PrintSize = { readonly width: number; readonly height: number };

/** How large a picture of so many pixels can be printed to look sharp from near and from a wall; null where that is less than a centimetre. */
export function printSizes(width: number, height: number): Record<keyof typeof dpi, PrintSize> | null {
  const centimetres = (pixels: number, points: number) => Math.floor((pixels / points) * 2.54);
  const at = (points: number) => ({ width: centimetres(width, points), height: centimetres(height, points) });
  const near = at(dpi.near);
  return Math.min(near.width, near.height) < 1 ? null : { near, far: at(dpi.far) };
}
