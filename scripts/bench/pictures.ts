import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import { acceptImage } from '#lib/files/picture/accept-image.ts';
import { encodings, pictureLimits } from '#lib/files/policy.ts';
import { median, report } from './support/report.ts';

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

/** Milliseconds of processors, so that others on the machine do not count. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

const photo = await readFile(fileURLToPath(import.meta.resolve('#scripts/rig/photos/portrait.jpg')));
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
  report({
    what: `taking in a photo of ${width} by ${height} with its sizes, over sharp alone making the same`,
    measured: `${(a / b).toFixed(2)} (${a.toFixed(0)} and ${b.toFixed(0)} ms of processors)`,
    wanted: 'at most 1.15',
    met: a / b <= 1.15,
  });
}
report({
  what: 'memory after that',
  measured: `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB resident`,
  wanted: 'no promise',
  met: null,
});
