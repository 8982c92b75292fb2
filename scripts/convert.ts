import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pictureLimits } from '#lib/files/policy.ts';
import {
  lookKindInput,
  lookSettingsInput,
  shadesInput,
  strengthInput,
  tapsInput,
} from '#lib/gallery/look/input.ts';
import { leastStrength, lookKinds, mostTaps, shadeParts, tapParts } from '#lib/gallery/look/kinds.ts';
import { isStyleName, styles } from '#lib/styles/catalogue.ts';
import { prepareDatabase } from './steps/prepare.ts';
import { Notice, runScript } from './steps/progress.ts';

const usage = `Usage: npm run convert -- PHOTO --style NAME [--strength SHARE] --out FILE
       npm run convert -- PHOTO --reference FILE --look KIND [--region X,Y,W,H] [--repeat CM] [--shade [PART=]HEX]...
                          [--tap X,Y,PART]... [--strength SHARE] --out FILE
Styles: ${styles.map(({ name }) => name).join(', ')}
Kinds: ${lookKinds.join(', ')}. X, Y, W and H are shares from 0 to 1; parts of taps are ${tapParts.join(', ')};
parts of shades are ${shadeParts.join(', ')} (hair when left out, lips for make-up). A strength is from ${leastStrength} to 1.`;

const options = {
  style: { type: 'string' },
  reference: { type: 'string' },
  look: { type: 'string' },
  region: { type: 'string' },
  repeat: { type: 'string' },
  shade: { type: 'string', multiple: true },
  tap: { type: 'string', multiple: true },
  strength: { type: 'string' },
  out: { type: 'string' },
} as const;

function readArguments() {
  const { values, positionals } = (() => {
    try {
      return parseArgs({ allowPositionals: true, options });
    } catch (error) {
      throw new Notice(`${(error as Error).message}\n${usage}`);
    }
  })();
  const [photo] = positionals;
  const { style, reference, out } = values;
  if (!photo || !out || positionals.length > 1 || (style === undefined) === (reference === undefined))
    throw new Notice(usage);
  // npm changes to the project's folder; names are meant where the person stands.
  const from = process.env.INVOKED_FROM ?? process.cwd();
  const files = { photo: resolve(from, photo), out: resolve(from, out) };
  const strength = strengthInput.safeParse(Number(values.strength ?? 1));
  if (!strength.success) throw new Notice(`--strength makes no sense.\n${usage}`);
  const part = { strength: strength.data };
  if (reference !== undefined)
    return { ...files, look: { reference: resolve(from, reference), ...readLook(values), ...part } };
  if (!isStyleName(style)) throw new Notice(`There is no style "${style}".\n${usage}`);
  return { ...files, look: { style, ...part } };
}

type LookValues = {
  look?: string | undefined;
  region?: string | undefined;
  repeat?: string | undefined;
  shade?: string[] | undefined;
  tap?: string[] | undefined;
};

/** What is said of the reference, checked as a vendor's and a person's words are. */
function readLook({ look, region, repeat, shade = [], tap = [] }: LookValues) {
  const kind = lookKindInput.safeParse(look ?? 'light');
  if (!kind.success) throw new Notice(`There is no kind of look "${look}".\n${usage}`);
  const numbers = (text: string) => text.split(',').map(Number);
  const [x, y, width, height] = numbers(region ?? '');
  const settings = lookSettingsInput.safeParse({
    ...(region === undefined ? {} : { region: { x, y, width, height } }),
    ...(repeat === undefined ? {} : { repeatCm: Number(repeat) }),
  });
  const usual = kind.data === 'makeup' ? 'lips' : 'hair';
  const shades = shadesInput.safeParse(
    Object.fromEntries(
      shade.map((text) => {
        const [part, hex] = text.includes('=') ? text.split('=') : [usual, text];
        return [part, hex?.startsWith('#') ? hex : `#${hex}`];
      }),
    ),
  );
  const taps = tapsInput.safeParse(
    tap.map((text) => {
      const [tx, ty, part] = text.split(',');
      return { x: Number(tx), y: Number(ty), part };
    }),
  );
  if (!settings.success) throw new Notice(`--region or --repeat makes no sense.\n${usage}`);
  if (!shades.success) throw new Notice(`--shade makes no sense.\n${usage}`);
  if (!taps.success) throw new Notice(`--tap makes no sense, or there are more than ${mostTaps}.\n${usage}`);
  return { kind: kind.data, settings: settings.data, shades: shades.data, taps: taps.data };
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
  if ('reference' in job.look) requireReadable(job.look.reference);
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
