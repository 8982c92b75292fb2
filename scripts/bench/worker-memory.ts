import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { report } from './support/report.ts';
import { somebodyWith } from './support/somebody.ts';

/**
 * The most memory that a worker process holds while two conversions run at once in every style, their results are
 * looked at and stored. Run by `npm run bench`.
 */
const { values } = parseArgs({ options: { side: { type: 'string', default: '1024' } } });
const side = Number(values.side);
process.env.DATA_DIR = mkdtempSync(join(tmpdir(), 'bench-'));
process.env.LOG_LEVEL = 'error';

const { discardUser } = await import('#lib/account/discard-account.ts');
const { requestConversion } = await import('#lib/conversions/request-conversions.ts');
const { db, disconnectDb } = await import('#lib/db/client.ts');
const { addPhoto } = await import('#lib/files/upload/add-image.ts');
const { dismissNetworks } = await import('#lib/core/threads/network-host.ts');
const { styles } = await import('#lib/styles/catalogue.ts');
const { nodeFlags } = await import('#scripts/steps/node-flags.mjs');
const { root } = await import('#scripts/steps/root.ts');

const portrait = await readFile(join(root, 'public', 'samples', 'eileen-collins.png'));
const photoBytes = (quality: number) =>
  sharp(portrait).resize(side, side, { fit: 'inside' }).jpeg({ quality }).toBuffer();

const worker = spawn(process.execPath, [...nodeFlags('worker'), join(root, 'scripts', 'worker.ts')], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
});
/** Megabytes resident now, as the system counts them. */
const resident = () =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${worker.pid}/status`, 'utf8'))?.[1]) / 1000;

const left = (userIds: string[]) => db().$queryRaw<{ open: number; failed: number }[]>`
  SELECT count(*) FILTER (WHERE status IN ('pending', 'processing'))::int AS open,
    count(*) FILTER (WHERE status = 'failed')::int AS failed
  FROM user_conversions WHERE user_id = ANY(${userIds}::uuid[])`;

const people = [await somebodyWith(100), await somebodyWith(100)];
const samples: number[] = [];
const watch = setInterval(() => samples.push(resident()), 50);
try {
  const photos = new Map<string, string>();
  for (const [place, userId] of people.entries()) {
    const photo = await addPhoto({ userId, fileName: 'bench.jpg', source: await photoBytes(90 + place) });
    if (!photo.ok) throw new Error(photo.detail);
    photos.set(userId, photo.value.id);
  }
  for (let round = 0; round < styles.length; round += 5) {
    for (const [place, userId] of people.entries()) {
      const actor = { kind: 'user', userId, sessionId: '' } as const;
      for (let k = 0; k < 5; k += 1) {
        const style = styles[(round + k + place * 7) % styles.length]?.name ?? 'oil';
        const asked = await requestConversion(actor, { imageId: photos.get(userId) ?? '', style });
        if (!asked.ok) throw new Error(asked.detail);
      }
    }
    for (;;) {
      const [row] = await left(people);
      if (row?.failed) throw new Error('a conversion failed');
      if (row?.open === 0) break;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
  report({
    what: `a worker with two conversions at once and checks (${side} px)`,
    measured: `median ${at(0.5)} MB, most ${at(1)} MB resident`,
    wanted: 'at most 600 MB',
    met: at(1) <= 600,
  });
} finally {
  clearInterval(watch);
  worker.kill('SIGTERM');
  await once(worker, 'exit');
  for (const userId of people) await discardUser(userId);
  await dismissNetworks();
  await disconnectDb();
  await rm(process.env.DATA_DIR, { recursive: true, force: true });
}
process.exit(0);
