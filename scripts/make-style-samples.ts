import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { styles } from '#lib/styles/catalogue.ts';
import { renderPhoto } from '#lib/styles/local/render-photo.ts';
import { demoPatterns } from './seed/demo-patterns.ts';

/**
 * Paints the catalogue's samples: the same portrait in every style, as public/samples/styles/<name>.webp.
 * Also a shop's look on another portrait, as public/samples/look/<photo|shop|result>.webp.
 * Run it after a recipe has changed: node scripts/make-style-samples.ts [style ... | look]
 */
const samples = new URL('../public/samples/', import.meta.url);
const place = (name: string) => fileURLToPath(new URL(name, samples));
const side = 640;
const smallSide = 240;

const wanted = process.argv.slice(2);
const chosen = styles.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const portrait = await readFile(place('eileen-collins.png'));

/** The sample in the catalogue's size, and a small one for rails and grids. */
async function save(name: string, picture: Buffer): Promise<number> {
  const options = { fit: 'inside', kernel: 'lanczos3' } as const;
  const large = await sharp(picture).resize(side, side, options).webp({ quality: 84, effort: 6 }).toBuffer();
  const small = await sharp(picture)
    .resize(smallSide, smallSide, options)
    .webp({ quality: 80, effort: 6 })
    .toBuffer();
  await writeFile(place(`styles/${name}.webp`), large);
  await writeFile(place(`styles/${name}-small.webp`), small);
  return large.length;
}

for (const { name } of chosen) {
  const { bytes, stagesMs } = await renderPhoto(portrait, { style: name });
  const size = await save(name, bytes);
  console.log(`${name.padEnd(12)} ${String(stagesMs.paint).padStart(5)} ms  ${Math.round(size / 1024)} kB`);
}
await save('original', portrait);

/** The middle of a picture, upright, as the landing page frames it. */
async function saveLook(name: string, picture: Buffer): Promise<void> {
  const framed = sharp(picture).resize(480, 560, { fit: 'cover', position: 'top', kernel: 'lanczos3' });
  await writeFile(place(`look/${name}.webp`), await framed.webp({ quality: 82, effort: 6 }).toBuffer());
}

if (wanted.length === 0 || wanted.includes('look')) {
  await mkdir(place('look'), { recursive: true });
  const [photo, shop] = await Promise.all([readFile(place('grace-hopper.jpg')), demoPatterns.marble()]);
  const large = await sharp(photo).resize(1024, undefined, { kernel: 'lanczos3' }).png().toBuffer();
  const { bytes } = await renderPhoto(large, { style: 'reference', reference: shop });
  await Promise.all([saveLook('photo', photo), saveLook('shop', shop), saveLook('result', bytes)]);
  console.log('look');
}
