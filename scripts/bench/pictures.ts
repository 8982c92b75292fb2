import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sharp } from '#lib/core/image-runtime.ts';
import { acceptImage } from '#lib/files/accept-image.ts';
import { encodings, pictureLimits } from '#lib/files/policy.ts';

/** Taking a photo in beside sharp alone making the same outputs. Run by `npm run bench`. */
const rounds = 9;

/** What somebody would write without our pipeline: one decode for every output. */
async function sharpAlone(bytes: Buffer): Promise<void> {
  const side = pictureLimits.keptSide;
  const open = () => sharp(bytes).autoOrient();
  await open()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
    .jpeg(encodings.jpeg)
    .toBuffer();
  for (const width of [1280, 640, 320]) {
    await open().resize({ width, withoutEnlargement: true }).webp(encodings.webp).toBuffer();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const photo = await readFile(fileURLToPath(import.meta.resolve('#tests/e2e/photos/portrait.jpg')));
const sizes = [1024, 3000, 4000];
for (const width of sizes) {
  const bytes = await sharp(photo)
    .resize({ width })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 90 })
    .toBuffer();
  const { height } = await sharp(bytes).metadata();
  await acceptImage(bytes);
  const ours: number[] = [];
  const alone: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    alone.push(await timed(() => sharpAlone(bytes)));
    ours.push(await timed(() => acceptImage(bytes)));
  }
  const [a, b] = [median(ours), median(alone)];
  console.log(
    `${width}x${height}, turned: ours ${a.toFixed(0)} ms, sharp alone ${b.toFixed(0)} ms, ratio ${(a / b).toFixed(2)} (at most 1.15)`,
  );
}
console.log(`resident memory at the end: ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`);
