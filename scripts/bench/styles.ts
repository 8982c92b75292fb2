import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { styles } from '#lib/styles/catalogue.ts';
import { createLocalEngine } from '#lib/styles/node/local-engine.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { renderPhoto } from '#lib/styles/node/render-photo.ts';
import type { SentLook } from '#lib/styles/node/thread-messages.ts';
import { demoPatterns } from '../seed/demo-patterns.ts';
import { median, report } from './support/report.ts';

/**
 * What the local engine costs: the memory of a process with two renders at once, then the milliseconds of wall time
 * and of one core for each preset and for references, the best of a few warm runs. Core time counts every thread of the
 * process, the collector's and the compiler's too, and holds still on a machine that others use as well.
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
// One for each run: what was found out about a photo is kept for its next look.
const photos = await Promise.all(
  Array.from({ length: runs + 1 }, async (_, run) =>
    sharp(await readFile(file))
      .resize(side, side, { fit: 'inside' })
      .jpeg({ quality: 92 - run })
      .toBuffer(),
  ),
);
const photo = photos[0] ?? Buffer.alloc(0);

const references = await Promise.all(
  Object.entries(demoPatterns).map(async ([name, draw]) => ({ name: `as ${name}`, reference: await draw() })),
);
const looks: { name: string; look: SentLook }[] = [
  ...styles.map(({ name }) => ({ name, look: { style: name } })),
  ...references.map(({ name, reference }) => ({ name, look: { style: 'reference' as const, reference } })),
];

const engine = createLocalEngine();
let most = 0;
const watch = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, 20);
const one = async (offset: number) => {
  for (let k = 0; k < looks.length; k++) {
    const { look } = looks[(k + offset) % looks.length] ?? { look: { style: 'oil' as const } };
    const kept = look.style === 'reference' ? { ...look, reference: Buffer.from(look.reference) } : look;
    const signal = new AbortController().signal;
    const result = await engine.stylise({ ...kept, photo, signal });
    if (!result.ok) throw new Error(result.detail);
  }
};
const begun = performance.now();
await Promise.all([one(0), one(Math.floor(looks.length / 2))]);
clearInterval(watch);
await engine.close();
const seconds = (performance.now() - begun) / 1000;
report({
  what: `this process with two renders at once (${looks.length * 2} in ${seconds.toFixed(0)} s), most memory`,
  measured: `${Math.round(most / 1e6)} MB resident`,
  wanted: 'at most 600 MB',
  met: most / 1e6 <= 600,
});

type Cost = { readonly wall: number; readonly core: number };
const costs = new Map<string, Cost>();
const again: number[] = [];

async function costOf(of: Buffer, look: SentLook): Promise<Cost & { readonly paint: number }> {
  const core = process.cpuUsage();
  const start = performance.now();
  const { stagesMs } = await renderPhoto(of, look, nodeModels);
  const wall = performance.now() - start;
  const used = process.cpuUsage(core);
  return { wall, core: (used.user + used.system) / 1000, paint: stagesMs.paint };
}
console.log(
  `style         wall ms   core ms   of it painting   (longest side ${side}, best of ${runs} warm runs)`,
);
for (const { name, look } of looks) {
  let best = { wall: Number.POSITIVE_INFINITY, core: Number.POSITIVE_INFINITY, paint: 0 };
  for (let run = 0; run <= runs; run++) {
    const cost = await costOf(photos[run] ?? photo, look);
    // The first run warms the compiler up, as a worker that has been running for a while is.
    if (run > 0 && cost.core < best.core) best = cost;
  }
  if (look.style !== 'reference') again.push((await costOf(photos[runs] ?? photo, look)).core);
  costs.set(name, best);
  const cells = [best.wall, best.core, best.paint].map((ms) => String(Math.round(ms)).padStart(9));
  console.log(`${name.padEnd(12)}${cells.join(' ')}`);
}
const costsOf = (names: readonly string[]) =>
  names.flatMap((name) => {
    const cost = costs.get(name);
    return cost ? [{ name, ...cost }] : [];
  });
const ms = ({ core, wall }: Cost) =>
  `${Math.round(core).toLocaleString('en')} ms (${Math.round(wall).toLocaleString('en')} ms by the clock)`;

function summary(
  title: string,
  names: readonly string[],
  { mostMedian, most }: { mostMedian: number | null; most: number },
): void {
  const sorted = costsOf(names).sort((one, two) => one.core - two.core);
  const [middle, slowest] = [sorted[sorted.length >> 1], sorted.at(-1)];
  if (!middle || !slowest) return;
  for (const [what, cost, limit] of [
    ['median', middle, mostMedian],
    [`slowest (${slowest.name})`, slowest, most],
  ] as const) {
    report({
      what: `${title}, a photo of ${side} px, one core: ${what}`,
      measured: ms(cost),
      wanted: limit === null ? 'no promise' : `at most ${limit.toLocaleString('en')} ms`,
      met: limit === null ? null : cost.core <= limit,
    });
  }
}
summary(
  'presets',
  styles.map(({ name }) => name),
  { mostMedian: 300, most: 700 },
);
summary(
  'references',
  references.map(({ name }) => name),
  { mostMedian: null, most: 2500 },
);
report({
  what: `presets, a further look of a photo of ${side} px that was just painted, one core: median`,
  measured: `${Math.round(median(again)).toLocaleString('en')} ms`,
  wanted: 'no promise',
  met: null,
});
for (const one of costsOf([...costs.keys()])) {
  report({ what: one.name, measured: ms(one), wanted: 'no promise', met: null });
}
