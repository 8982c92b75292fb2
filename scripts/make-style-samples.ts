import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { styles } from '#lib/styles/catalogue.ts';
import { renderPhoto } from '#lib/styles/local/render-photo.ts';

/**
 * Paints the catalogue's samples: the same portrait in every style, as public/samples/styles/<name>.webp.
 * Run it after a recipe has changed: node scripts/make-style-samples.ts [style ...]
 */
const samples = new URL('../public/samples/', import.meta.url);
const place = (name: string) => fileURLToPath(new URL(name, samples));
const side = 640;

const wanted = process.argv.slice(2);
const chosen = styles.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const portrait = await readFile(place('eileen-collins.png'));

for (const { name } of chosen) {
  const { bytes, stagesMs } = await renderPhoto(portrait, name);
  const webp = await sharp(bytes)
    .resize(side, side, { fit: 'inside' })
    .webp({ quality: 84, effort: 6 })
    .toBuffer();
  await writeFile(place(`styles/${name}.webp`), webp);
  console.log(
    `${name.padEnd(12)} ${String(stagesMs.paint).padStart(5)} ms  ${Math.round(webp.length / 1024)} kB`,
  );
}
const original = await sharp(portrait)
  .resize(side, side, { kernel: 'lanczos3' })
  .webp({ quality: 84, effort: 6 })
  .toBuffer();
await writeFile(place('styles/original.webp'), original);
