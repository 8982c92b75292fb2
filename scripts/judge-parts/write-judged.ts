import { sharp } from '#lib/core/threads/image-runtime.ts';
import { nearestBytes } from '#lib/styles/paint/pixels.ts';
import type { Picture } from '#lib/styles/paint/raster.ts';
import type { Judged } from './judge-photo.ts';

/** Red: taken, and not drawn. Blue: drawn, and not taken. Green: both. A ring at each tap. */
const colours = { taken: [255, 40, 40], missed: [40, 80, 255], both: [40, 200, 80] } as const;

/** Writes a photo with what was found and what was drawn over it. */
export async function writeJudged(photo: Picture, judged: Judged, path: string): Promise<void> {
  const { width, height } = photo;
  const bytes = nearestBytes(photo);
  for (let i = 0; i < judged.truth.length; i++) {
    if (judged.ignore[i] === 1) continue;
    const isTaken = ((judged.seen.mask?.data[i] as number | undefined) ?? 0) >= 0.5;
    const isDrawn = judged.truth[i] === 1;
    if (!isTaken && !isDrawn) continue;
    const colour = colours[isTaken && isDrawn ? 'both' : isTaken ? 'taken' : 'missed'];
    const share = isTaken && isDrawn ? 0.3 : 0.55;
    for (const [k, value] of colour.entries())
      bytes[i * 3 + k] = Math.round((1 - share) * (bytes[i * 3 + k] as number) + share * value);
  }
  const rings = judged.taps
    .map(
      ({ x, y, part }) =>
        `<circle cx="${x * width}" cy="${y * height}" r="7" fill="none" stroke="yellow" stroke-width="2"/><text x="${x * width + 9}" y="${y * height + 5}" fill="yellow" font-size="14">${part}</text>`,
    )
    .join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${rings}</svg>`;
  await sharp(bytes, { raw: { width, height, channels: 3 } })
    .composite([{ input: Buffer.from(svg) }])
    .jpeg({ quality: 88 })
    .toFile(path);
}
