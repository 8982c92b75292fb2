import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { styles } from '#lib/styles/catalogue.ts';
import { createLocalEngine } from '#lib/styles/local/local-engine.ts';
import { renderPhoto } from '#lib/styles/local/render-photo.ts';

/**
 * What the local engine costs: the memory of a process with two renders at once, then the milliseconds
 * of wall time and of one core for each preset, the best of a few warm runs.
 */
const { values } = parseArgs({
  options: {
    photo: { type: 'string' },
    side: { type: 'string', default: '1024' },
    runs: { type: 'string', default: '3' },
  },
});
const side = Number(values.side);
const runs = Number(values.runs);
const file = values.photo ?? new URL('../../public/samples/eileen-collins.png', import.meta.url);
const photo = await sharp(await readFile(file))
  .resize(side, side, { fit: 'inside' })
  .jpeg({ quality: 92 })
  .toBuffer();

const engine = createLocalEngine();
let most = 0;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 20);
const one = async (offset: number) => {
  for (let k = 0; k < styles.length * 2; k++) {
    const style = styles[(k + offset) % styles.length];
    if (!style) continue;
    const result = await engine.stylise({ photo, style: style.name, signal: new AbortController().signal });
    if (!result.ok) throw new Error(result.detail);
  }
};
const begun = performance.now();
await Promise.all([one(0), one(Math.floor(styles.length / 2))]);
clearInterval(watch);
await engine.close();
const seconds = (performance.now() - begun) / 1000;
console.log(
  `two at once: ${styles.length * 4} renders in ${seconds.toFixed(1)} s, most memory ${Math.round(most / 1e6)} MB resident`,
);

const wallMs: number[] = [];
const coreMs: number[] = [];
console.log(
  `style         wall ms   core ms   of it painting   (longest side ${side}, best of ${runs} warm runs)`,
);
for (const { name } of styles) {
  let best = { wall: Number.POSITIVE_INFINITY, core: 0, paint: 0 };
  for (let run = 0; run <= runs; run++) {
    const core = process.cpuUsage();
    const start = performance.now();
    const { stagesMs } = await renderPhoto(photo, { style: name });
    const wall = performance.now() - start;
    const used = process.cpuUsage(core);
    // The first run warms the compiler up, as a worker that has been running for a while is.
    if (run > 0 && wall < best.wall)
      best = { wall, core: (used.user + used.system) / 1000, paint: stagesMs.paint };
  }
  wallMs.push(best.wall);
  coreMs.push(best.core);
  const cells = [best.wall, best.core, best.paint].map((ms) => String(Math.round(ms)).padStart(9));
  console.log(`${name.padEnd(12)}${cells.join(' ')}`);
}
for (const [what, all] of [
  ['wall', wallMs],
  ['one core', coreMs],
] as const) {
  all.sort((one, two) => one - two);
  const [median, slowest] = [all[all.length >> 1] ?? 0, all.at(-1) ?? 0];
  console.log(`${what}: median ${Math.round(median)} ms, slowest ${Math.round(slowest)} ms`);
}
