import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pictureLimits } from '#lib/files/policy.ts';
import { isStyleName, styles } from '#lib/styles/catalogue.ts';
import { prepareDatabase } from './steps/prepare.ts';
import { Notice, runScript } from './steps/progress.ts';

const usage = `Usage: npm run convert -- PHOTO --style NAME --out FILE
Styles: ${styles.map(({ name }) => name).join(', ')}`;

function readArguments() {
  const { values, positionals } = (() => {
    try {
      return parseArgs({
        allowPositionals: true,
        options: { style: { type: 'string' }, out: { type: 'string' } },
      });
    } catch (error) {
      throw new Notice(`${(error as Error).message}\n${usage}`);
    }
  })();
  const [photo] = positionals;
  const { style, out } = values;
  if (!photo || !style || !out || positionals.length > 1) throw new Notice(usage);
  if (!isStyleName(style)) throw new Notice(`There is no style "${style}".\n${usage}`);
  // npm changes to the project's folder; names are meant where the person stands.
  const from = process.env.INVOKED_FROM ?? process.cwd();
  return { photo: resolve(from, photo), style, out: resolve(from, out) };
}

/** What is wrong with a file can be said before anything is started for it. */
function requireReadable(photo: string): void {
  let size: number;
  try {
    size = statSync(photo).size;
    readFileSync(photo, { flag: 'r' }).subarray(0, 1);
  } catch (error) {
    throw new Notice(`${photo} cannot be read: ${(error as Error).message}`);
  }
  if (size > pictureLimits.maxBytes) {
    throw new Notice(
      `${photo} has ${(size / 2 ** 20).toFixed(1)} MiB; at most ${pictureLimits.maxBytes / 2 ** 20} MiB are taken.`,
    );
  }
}

await runScript(async () => {
  const job = readArguments();
  requireReadable(job.photo);
  const database = await prepareDatabase();
  try {
    const { convertPhoto } = await import('./convert/convert-photo.ts');
    const timings = await convertPhoto(job);
    for (const [title, ms] of Object.entries(timings))
      process.stdout.write(`${title.padEnd(10)} ${ms.toFixed(0).padStart(7)} ms\n`);
    process.stdout.write(`Written to ${job.out}\n`);
    return 0;
  } finally {
    await database.stop();
  }
});
