/** How far each place inside is from what is not, in pixels; what lies outside of the field does not count. */
export function depthOf(inside: Uint8Array, width: number, height: number): Float32Array {
  const out = new Float32Array(inside.length);
  for (let i = 0; i < out.length; i++) out[i] = inside[i] === 1 ? 1e6 : 0;
  const relax = (i: number, j: number, length: number) => {
    const next = (out[j] as number) + length;
    if (next < (out[i] as number)) out[i] = next;
  };
  for (let y = 0, i = 0; y < height; y++)
    for (let x = 0; x < width; x++, i++) {
      if (inside[i] === 0) continue;
      if (x > 0) relax(i, i - 1, 1);
      if (y > 0) relax(i, i - width, 1);
      if (x > 0 && y > 0) relax(i, i - width - 1, 4 / 3);
      if (x < width - 1 && y > 0) relax(i, i - width + 1, 4 / 3);
    }
  for (let y = height - 1, i = width * height - 1; y >= 0; y--)
    for (let x = width - 1; x >= 0; x--, i--) {
      if (inside[i] === 0) continue;
      if (x < width - 1) relax(i, i + 1, 1);
      if (y < height - 1) relax(i, i + width, 1);
      if (x < width - 1 && y < height - 1) relax(i, i + width + 1, 4 / 3);
      if (x > 0 && y < height - 1) relax(i, i + width - 1, 4 / 3);
    }
  return out;
}
