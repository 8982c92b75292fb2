import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { firstFont } from '#lib/core/first-font.ts';
import { fontFaces } from './fonts/ranges.ts';

type Options = { targetFormat: 'woff2'; variationAxes: Record<string, { min: number; max: number }> };
type SubsetFont = (font: Buffer, text: string, options: Options) => Promise<Buffer>;

/**
 * Cuts Vazirmatn into the files of fonts.css by the ranges that stand there, in the weights of the tokens. What the
 * first file holds is left out of the other one. Run it after a range has changed, give the files new names
 * (browsers keep them for a year) and put their sums into scripts/doctor/assets.ts: node scripts/make-fonts.ts
 */
const source = readFileSync(
  fileURLToPath(import.meta.resolve('vazirmatn/fonts/variable/Vazirmatn[wght].ttf')),
);
// The package carries no types.
const { default: subsetFont }: { default: SubsetFont } = await import('subset-font' as string);

const faces = fontFaces();
const inFirst = new Set(faces.find(({ file }) => file === firstFont)?.points);
for (const { file, points } of faces) {
  const mine = file === firstFont ? points : points.filter((point) => !inFirst.has(point));
  const font = await subsetFont(source, String.fromCodePoint(...mine), {
    targetFormat: 'woff2',
    variationAxes: { wght: { min: 400, max: 800 } },
  });
  writeFileSync(new URL(`../public${file}`, import.meta.url), font);
  console.log(`${file.padEnd(44)} ${font.length} bytes`);
}
