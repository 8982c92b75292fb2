import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { lookRatio, lookWidths, styleWidths } from '#components/styles/sample.ts';
import { styles } from '#lib/styles/catalogue.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { renderPhoto } from '#lib/styles/node/render-photo.ts';
import { demoPatterns } from './seed/demo-patterns.ts';

/**
 * Paints the catalogue's samples: the same portrait, standing before a backdrop of ours, in every style, as
 * public/samples/styles/<name>-<width>. Also a shop's cloth worn by her, as public/samples/look/<photo|shop|result>-<width>;
 * each as AVIF, and as WebP for browsers that do not know it. Run it after a recipe has changed: node scripts/make-style-samples.ts [style ... | look]
 */
const samples = new URL('../public/samples/', import.meta.url);
const place = (name: string) => fileURLToPath(new URL(name, samples));
const wanted = process.argv.slice(2);
const chosen = styles.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

/** A wall in the afternoon and a door out of focus: the person before it is the picture, not an office. */
const backdrop = `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024"><defs>
  <linearGradient id="wall" x2="1" y2="1"><stop stop-color="#e8dcc8"/><stop offset="0.6" stop-color="#cdbfa8"/>
  <stop offset="1" stop-color="#a8987f"/></linearGradient>
  <radialGradient id="sun" cx="0.24" cy="0.2" r="0.75"><stop stop-color="#fff3dc" stop-opacity="0.9"/>
  <stop offset="1" stop-color="#fff3dc" stop-opacity="0"/></radialGradient>
  <filter id="soft"><feGaussianBlur stdDeviation="14"/></filter></defs>
  <rect width="1024" height="1024" fill="url(#wall)"/><g filter="url(#soft)">
  <path d="M640 1024V420a170 170 0 0 1 340 0v604z" fill="#2f7f86" opacity="0.85"/>
  <path d="M676 1024V430a134 134 0 0 1 268 0v594z" fill="#7fb8b4" opacity="0.8"/></g>
  <rect width="1024" height="1024" fill="url(#sun)"/></svg>`;

/** The portrait before the backdrop, by our own look, at twice its size. */
async function standing(): Promise<Buffer> {
  const [photo, wall] = await Promise.all([
    sharp(await readFile(place('eileen-collins.png')))
      .resize(1024, undefined, { kernel: 'lanczos3' })
      .png()
      .toBuffer(),
    sharp(Buffer.from(backdrop)).png().toBuffer(),
  ]);
  const { bytes } = await renderPhoto(
    photo,
    {
      style: 'reference',
      reference: wall,
      order: { kind: 'place' },
    },
    nodeModels,
  );
  return bytes;
}

const stood = await standing();
const portrait = await sharp(stood)
  .extract({ left: 90, top: 0, width: 720, height: 720 })
  .jpeg({ quality: 95 })
  .toBuffer();

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
  const { bytes, stagesMs } = await renderPhoto(portrait, { style: name }, nodeModels);
  const size = await save(`styles/${name}`, bytes, styleWidths, 1);
  console.log(`${name.padEnd(12)} ${String(stagesMs.paint).padStart(5)} ms  ${Math.round(size / 1024)} kB`);
}
await save('styles/original', portrait, styleWidths, 1);

if (wanted.length === 0 || wanted.includes('look')) {
  await mkdir(place('look'), { recursive: true });
  const shop = await demoPatterns.ikat();
  const order = { kind: 'fabric' as const, repeatCm: 40 };
  const { bytes } = await renderPhoto(stood, { style: 'reference', reference: shop, order }, nodeModels);
  // Head and shoulders, in the frame of the pictures of a look.
  const [photo, result] = (await Promise.all(
    [stood, bytes].map((picture) =>
      sharp(picture).extract({ left: 110, top: 0, width: 660, height: 770 }).toBuffer(),
    ),
  )) as [Buffer, Buffer];
  for (const [name, picture] of Object.entries({ photo, shop, result })) {
    await save(`look/${name}`, picture, lookWidths, lookRatio);
  }
  console.log('look');
}
