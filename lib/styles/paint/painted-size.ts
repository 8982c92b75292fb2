/** The longest side a result may have, in pixels; one that is painted in bands may have the second. */
const longestSide = 2048;
export const longestInBands = 4096;
/** Small photos are painted at up to twice their size, until they reach this. */
const comfortableSide = 1024;

/** The size a photo of this size (upright, in pixels) is painted at. */
export function paintedSize(
  width: number,
  height: number,
  most = longestSide,
): { width: number; height: number } {
  const longest = Math.max(width, height);
  const wanted = Math.min(most, Math.max(longest, Math.min(comfortableSide, longest * 2)));
  const scale = wanted / longest;
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
