import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright';
import sharp from 'sharp';
import { styles } from '#lib/styles/catalogue.ts';
import type { EnginePage } from '#scripts/rig/engine-page.ts';
import { openEngineSite } from '#scripts/rig/engine-site.ts';
import { requireChromium } from '../test-run/chromium.ts';
import { median, report } from './support/report.ts';

/**
 * What the engine costs on the device, in Chromium, over loopback: bytes, the first thumbnail after a photo was chosen
 * by somebody who was never here, every style, and one style large. A mid-range phone takes about four times as long.
 */
declare const engines: EnginePage;

const { values } = parseArgs({
  options: { photo: { type: 'string' }, runs: { type: 'string', default: '3' } },
});
const file = values.photo ?? new URL('../../public/samples/eileen-collins.png', import.meta.url);
// As a phone's camera would have sent it: twelve megapixels.
const photo = values.photo
  ? await readFile(file)
  : await sharp(await readFile(file))
      .resize(4000, 3000, { fit: 'cover' })
      .jpeg({ quality: 92 })
      .toBuffer();
const names = styles.map(({ name }) => name);

const site = await openEngineSite();
const browser = await chromium.launch({
  executablePath: await requireChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
});

type Times = { first: number; all: number; next: number; stages: number[]; scene: number };

async function visit(): Promise<Times> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site.origin);
  await page.waitForFunction(() => 'engines' in globalThis);
  const times = await page.evaluate(
    async ([base64, all]) => {
      const engine = engines.engine();
      const blob = engines.toBlob(base64);
      const timed = async (work: () => Promise<unknown>) => {
        const begun = performance.now();
        await work();
        return performance.now() - begun;
      };
      const everything = async (id: string, onFirst: () => void) => {
        for (const [place, name] of all.entries()) {
          await engine.thumbnail(id, name);
          if (place === 0) onFirst();
        }
      };
      const begun = performance.now();
      let first = 0;
      let opened = '';
      const cold = await timed(async () => {
        opened = (await engine.openPhoto(blob)).id;
        await everything(opened, () => {
          first = performance.now() - begun;
        });
      });
      const next = await timed(async () => everything((await engine.openPhoto(blob)).id, () => {}));
      const large = (style: (typeof all)[number]) =>
        timed(() => engine.stage(opened, { style }, { side: 1024 }));
      const withScene = await large('duotone');
      const stages: number[] = [];
      for (const name of all) stages.push(await large(name));
      return { first, all: cold, next, stages, scene: withScene - (stages[all.indexOf('duotone')] ?? 0) };
    },
    [photo.toString('base64'), names] as const,
  );
  await context.close();
  return times;
}

const visits: Times[] = [];
for (let run = 0; run < Number(values.runs); run += 1) visits.push(await visit());
const bytes = [...site.sent].reduce((sum, [, size]) => sum + size, 0) / Number(values.runs);
await browser.close();
site.close();

const of = (pick: (times: Times) => number) => median(visits.map(pick));
const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
report({
  what: 'bytes of the engine on a first visit, packed',
  measured: `${Math.round(bytes / 1000)} kB`,
  wanted: 'at most 700 kB',
  met: bytes <= 700_000,
});
for (const [what, ms, most] of [
  ['first thumbnail after choosing a photo of 12 megapixels, cold', of(({ first }) => first), 900],
  ['all styles at 400 px, cold', of(({ all }) => all), 2500],
  ['all styles at 400 px, another photo', of(({ next }) => next), 1700],
  ['what is known of a photo at 1024 px', of(({ scene }) => scene), 400],
  ['one style at 1024 px: median', of(({ stages }) => median(stages)), null],
  ['one style at 1024 px: slowest', of(({ stages }) => Math.max(...stages)), 1500],
] as const) {
  report({
    what: `on the device, ${what}`,
    measured: seconds(ms),
    wanted: most === null ? 'no promise' : `at most ${seconds(most)}`,
    met: most === null ? null : ms <= most,
  });
}
