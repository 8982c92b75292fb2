import { mkdtempSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { root } from '#scripts/steps/root.ts';
import { coreMs } from './support/process-cost.ts';
import { median, report } from './support/report.ts';
import { somebodyWith } from './support/somebody.ts';

/**
 * What a conversion costs a worker's processors, everything included: reading the photo, painting, looking at the result,
 * its sizes now and later, the queue. Run by `npm run bench`.
 */
process.env.DATA_DIR = mkdtempSync(join(tmpdir(), 'bench-'));
process.env.LOG_LEVEL = 'error';

const { discardUser } = await import('#lib/account/discard-account.ts');
const { requestConversion } = await import('#lib/conversions/request-conversions.ts');
const { db, disconnectDb } = await import('#lib/db/client.ts');
const { addPhoto } = await import('#lib/files/upload/add-image.ts');
const { styles } = await import('#lib/styles/catalogue.ts');
const { endAll, startWorker } = await import('#scripts/rig/processes.ts');

const side = 1024;
const quietMs = 1500;
const worker = startWorker({});
const userId = await somebodyWith(200);
const actor = { kind: 'user', userId, sessionId: '' } as const;

/** Processor time once nothing is done any more: what comes later, comes soon after. */
async function settled(): Promise<number> {
  let now = coreMs(worker.pid);
  for (let rounds = 0; rounds < 10; rounds += 1) {
    const before = now;
    await sleep(quietMs);
    now = coreMs(worker.pid);
    if (now - before <= 30) break;
  }
  return now;
}

async function finished(id: string): Promise<void> {
  for (;;) {
    const row = await db().userConversion.findFirstOrThrow({ where: { id }, select: { status: true } });
    if (row.status === 'completed') return;
    if (row.status === 'failed') throw new Error(`${id} failed`);
    await sleep(50);
  }
}

try {
  const portrait = await readFile(join(root, 'public', 'samples', 'eileen-collins.png'));
  const photos: string[] = [];
  for (const quality of [90, 91]) {
    const source = await sharp(portrait).resize(side, side, { fit: 'inside' }).jpeg({ quality }).toBuffer();
    const photo = await addPhoto({ userId, fileName: 'bench.jpg', source });
    if (!photo.ok) throw new Error(photo.detail);
    photos.push(photo.value.id);
  }
  const convert = async (style: (typeof styles)[number]['name']) => {
    for (const imageId of photos) {
      const request = await requestConversion(actor, { imageId, style });
      if (!request.ok) throw new Error(request.detail);
      await finished(request.value.id);
    }
  };
  /** Each style's cost, one after the other. */
  const costOfEach = async () => {
    const costs: { style: string; seconds: number }[] = [];
    let before = await settled();
    for (const { name } of styles) {
      await convert(name);
      const after = await settled();
      costs.push({ style: name, seconds: (after - before) / 1000 / photos.length });
      before = after;
    }
    return { costs, middle: median(costs.map(({ seconds }) => seconds)) };
  };
  await convert('noir');
  // What is loaded and compiled once is not a conversion's: a worker that has painted each style goes on for weeks.
  const first = await costOfEach();
  const { costs, middle } = await costOfEach();
  const dearest = costs.toSorted((a, b) => b.seconds - a.seconds)[0];
  report({
    what: `a whole conversion, all background work included, ${side} px, median style`,
    measured: `${middle.toFixed(2)} s of a core`,
    wanted: 'at most 0.7 s of a core',
    met: middle <= 0.7,
  });
  report({
    what: 'the same, the first two of each style that a worker paints',
    measured: `${first.middle.toFixed(2)} s of a core`,
    wanted: 'no promise',
    met: null,
  });
  report({
    what: `the dearest style (${dearest?.style})`,
    measured: `${dearest?.seconds.toFixed(2)} s of a core`,
    wanted: 'no promise',
    met: null,
  });
} finally {
  await endAll();
  await discardUser(userId);
  await disconnectDb();
  await rm(process.env.DATA_DIR, { recursive: true, force: true });
}
process.exit(0);
