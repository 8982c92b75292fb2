import { readFile } from 'node:fs/promises';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import type { LookOrder } from '#lib/gallery/look/kinds.ts';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { isWorn } from '#lib/styles/paint/looks/order.ts';
import { wearLook } from '#lib/styles/paint/looks/wear-look.ts';
import { demoPatterns } from '../seed/demo-patterns.ts';
import { median, report } from './support/report.ts';

/**
 * What a look that is worn costs on a photo of 1,024 pixels that nothing is known of yet: finding people and their parts,
 * reading the vendor's picture, painting. Milliseconds of one core, collector and compiler counted, the median of the runs.
 */
const runs = 10;
const side = 1024;
const sample = await readFile(new URL('../../public/samples/eileen-collins.png', import.meta.url));
const reference = await decodePhoto(await demoPatterns.ikat(), side);
const place = await decodePhoto(await demoPatterns.marble(), side);

const orders: readonly { order: LookOrder; most: number }[] = [
  { order: { kind: 'fabric' }, most: 600 },
  { order: { kind: 'hair', shades: { hair: '#8a2b3a' } }, most: 600 },
  { order: { kind: 'makeup', shades: { lips: '#b01040', cheeks: '#d06070' } }, most: 600 },
  { order: { kind: 'place' }, most: 800 },
  // 1.5 s to paint and 0.7 s to make its reference ready.
  { order: { kind: 'painting' }, most: 2200 },
];

for (const { order, most } of orders) {
  if (!isWorn(order)) throw new Error(`${order.kind} is not worn`);
  const costs: number[] = [];
  for (let run = 0; run < runs; run++) {
    // Another photo each time: what networks say of one is kept.
    const bytes = await sharp(sample)
      .resize(side, side, { fit: 'inside' })
      .jpeg({ quality: 95 - run })
      .toBuffer();
    const photo = await decodePhoto(bytes, side);
    const before = process.cpuUsage();
    await wearLook(photo, order.kind === 'place' ? place : reference, order, nodeModels);
    const { user, system } = process.cpuUsage(before);
    // The first runs warm the compiler up, as a worker that has been running for a while is.
    if (run > 1) costs.push((user + system) / 1000);
  }
  const cost = median(costs);
  report({
    what: `${order.kind}, one person, ${side} px, one core, its reference read each time`,
    measured: `${Math.round(cost).toLocaleString('en')} ms`,
    wanted: `at most ${most.toLocaleString('en')} ms`,
    met: cost <= most,
  });
}
