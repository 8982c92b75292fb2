import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { lookRatio, lookWidths, styleWidths } from '#components/styles/sample.ts';
import { styles } from '#lib/styles/catalogue.ts';
import { renderPhoto } from '#lib/styles/node/render-photo.ts';
import { demoPatterns } from './seed/demo-patterns.ts';

/**
 * Paints the catalogue's samples: the same portrait in every style, as public/samples/styles/<name>-<width>.
 * Also a shop's look on another portrait, as public/samples/look/<photo|shop|result>-<width>; each as AVIF, and as
 * WebP for browsers that do not know it. Run it after a recipe has changed: node scripts/make-style-samples.ts [style ... | look]
 */
const samples = new URL('../public/samples/', import.meta.url);
const place = (name: string) => fileURLToPath(new URL(name, samples));
const wanted = process.argv.slice(2);
const chosen = styles.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const portrait = await readFile(place('eileen-collins.png'));

/** A picture in every width it is shown in; answers with the bytes of the largest AVIF. */
async function save(
  path: string,
  picture: Buffer,
  widths: readonly number[],
  ratio: number,
): Promise<number> {
  let bytes = 0;
  for (const width of widths) {
    const sized = sharp(picture).resize(width, Math.round(width / ratio), {
      fit: 'cover',
      position: 'top',
      kernel: 'lanczos3',
    });
    const avif = await sized.clone().avif({ quality: 52, effort: 7, chromaSubsampling: '4:2:0' }).toBuffer();
    await writeFile(place(`${path}-${width}.avif`), avif);
    await writeFile(place(`${path}-${width}.webp`), await sized.webp({ quality: 82, effort: 6 }).toBuffer());
    bytes = avif.length;
  }
  return bytes;
}

for (const { name } of chosen) {
  const { bytes, stagesMs } = await renderPhoto(portrait, { style: name });
  const size = await save(`styles/${name}`, bytes, styleWidths, 1);
  console.log(`${name.padEnd(12)} ${String(stagesMs.paint).padStart(5)} ms  ${Math.round(size / 1024)} kB`);
}
await save('styles/original', portrait, styleWidths, 1);

if (wanted.length === 0 || wanted.includes('look')) {
  await mkdir(place('look'), { recursive: true });
  const [photo, shop] = await Promise.all([readFile(place('grace-hopper.jpg')), demoPatterns.marble()]);
  const large = await sharp(photo).resize(1024, undefined, { kernel: 'lanczos3' }).png().toBuffer();
  const { bytes } = await renderPhoto(large, { style: 'reference', reference: shop });
  for (const [name, picture] of Object.entries({ photo, shop, result: bytes })) {
    await save(`look/${name}`, picture, lookWidths, lookRatio);
  }
  console.log('look');
}
