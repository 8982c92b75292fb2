import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { pictureLimits } from '#lib/files/policy.ts';
import {
  lookKindInput,
  lookSettingsInput,
  shadesInput,
  strengthInput,
  tapsInput,
} from '#lib/gallery/look/input.ts';
import {
  type LookKind,
  leastStrength,
  lookKinds,
  mostTaps,
  shadeParts,
  tapParts,
} from '#lib/gallery/look/kinds.ts';
import { isStyleName, styles } from '#lib/styles/catalogue.ts';
import { Notice } from '../steps/progress.ts';

const styleNames = styles.map(({ name }) => name).join(', ');
const resultEndings = ['.jpg', '.jpeg', '.png', '.webp'];

export const usage = `Usage: npm run convert -- PHOTO --style NAME [--strength SHARE] --out FILE
       npm run convert -- PHOTO --reference FILE --look KIND [--region X,Y,W,H] [--repeat CM] [--shade [PART=]HEX]...
                          [--tap X,Y,PART]... [--strength SHARE] --out FILE

  --style NAME       ${styleNames}
  --reference FILE   a picture as a vendor's; what of it is tried on says --look
  --look KIND        ${lookKinds.join(', ')} (light when left out)
  --region X,Y,W,H   the part of the reference that counts, in shares of its sides from 0 to 1
  --repeat CM        how wide what the reference shows is in truth: for fabric and garment, 1 to 400
  --shade PART=HEX   ${shadeParts.join(', ')} (hair when left out, lips for makeup): for hair and makeup
  --tap X,Y,PART     what is at this place of the photo: ${tapParts.join(', ')}; at most ${mostTaps} of them
  --strength SHARE   how much of the look is laid over the photo, ${leastStrength} to 1 (1 when left out)
  --out FILE         where the result goes; ends in ${resultEndings.join(', ')}

The exit code is 0 when the result was written, otherwise 1.
`;

const options = {
  help: { type: 'boolean', short: 'h' },
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

/** What is said last is what is read: the sentence stands alone, not above twelve lines of usage. */
function refuse(sentence: string): never {
  throw new Notice(`${sentence}\nnpm run convert -- --help says what there is.`);
}

/**
 * What is to be converted, from the words behind the command; null where only help is asked for. Names are meant where the
 * person stands, which is `from`. Throws a {@link Notice} that names the word it stumbled over.
 */
export function readArguments(words: readonly string[], from: string) {
  const { values, positionals } = (() => {
    try {
      return parseArgs({ args: [...words], allowPositionals: true, options });
    } catch (error) {
      return refuse((error as Error).message.split('. To specify')[0] ?? '');
    }
  })();
  if (values.help) return null;
  const [photo] = positionals;
  const { style, reference, out } = values;
  if (!photo) refuse('Which photo?');
  if (positionals.length > 1)
    refuse(`One photo at a time, and these are ${positionals.length}: ${positionals.join(', ')}.`);
  if (style !== undefined && reference !== undefined) refuse('Either --style or --reference, not both.');
  if (style === undefined && reference === undefined)
    refuse(
      values.look === undefined ? 'Which --style, or which --reference?' : '--look needs a --reference.',
    );
  if (!out) refuse('Where should the result go? --out is missing.');
  if (!resultEndings.includes(extname(out).toLowerCase()))
    refuse(`--out ${out} ends in none of ${resultEndings.join(', ')}.`);
  const files = { photo: resolve(from, photo), out: resolve(from, out) };
  const strength = strengthInput.safeParse(Number(values.strength ?? 1));
  if (!strength.success) refuse(`--strength ${values.strength} is no number from ${leastStrength} to 1.`);
  const part = { strength: strength.data };
  if (reference !== undefined)
    return { ...files, look: { reference: resolve(from, reference), ...readLook(values), ...part } };
  const foreign = (['look', 'region', 'repeat', 'shade', 'tap'] as const).find(
    (name) => values[name] !== undefined,
  );
  if (foreign) refuse(`--${foreign} goes with --reference, not with --style.`);
  if (!isStyleName(style)) refuse(`There is no style "${style}". There are ${styleNames}.`);
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
  if (!kind.success) refuse(`There is no kind of look "${look}". There are ${lookKinds.join(', ')}.`);
  if (repeat !== undefined) requireKind('--repeat', kind.data, ['fabric', 'garment']);
  if (shade.length > 0) requireKind('--shade', kind.data, ['hair', 'makeup']);
  return {
    kind: kind.data,
    settings: { ...readRegion(region), ...readRepeat(repeat) },
    shades: readShades(shade, kind.data),
    taps: readTaps(tap),
  };
}

function requireKind(option: string, kind: LookKind, kinds: readonly LookKind[]): void {
  if (!kinds.includes(kind)) refuse(`${option} goes with --look ${kinds.join(' or ')}, not with ${kind}.`);
}

/** Numbers of a text with commas; nothing at all is no zero. */
function numbersOf(text: string): number[] {
  return text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
}

function readRegion(text: string | undefined) {
  if (text === undefined) return {};
  const numbers = numbersOf(text);
  const [x, y, width, height] = numbers;
  const read = lookSettingsInput.safeParse({ region: { x, y, width, height } });
  if (numbers.length === 4 && read.success) return read.data;
  return refuse(
    `--region ${text} is no part of the picture: four numbers X,Y,W,H from 0 to 1, W and H at least 0.02, and X+W and Y+H at most 1.`,
  );
}

function readRepeat(text: string | undefined) {
  if (text === undefined) return {};
  const read = lookSettingsInput.safeParse({ repeatCm: numbersOf(text)[0] });
  return read.success ? read.data : refuse(`--repeat ${text} is no number of centimetres from 1 to 400.`);
}

function readShades(texts: readonly string[], kind: LookKind) {
  const parts = kind === 'makeup' ? shadeParts.filter((part) => part !== 'hair') : (['hair'] as const);
  const shades = texts.map((text) => {
    const [part = '', hex = ''] = text.includes('=') ? text.split('=') : [parts[0] ?? '', text];
    const read = shadesInput.safeParse({ [part]: hex.startsWith('#') ? hex : `#${hex}` });
    if (!(parts as readonly string[]).includes(part))
      return refuse(`--shade ${text}: ${kind} has a shade for ${parts.join(', ')}, none for "${part}".`);
    return read.success
      ? read.data
      : refuse(`--shade ${text}: "${hex}" is no shade of six digits, like #8a4b2a.`);
  });
  return Object.assign({}, ...shades) as (typeof shades)[number];
}

function readTaps(texts: readonly string[]) {
  if (texts.length > mostTaps) refuse(`At most ${mostTaps} times --tap, and these are ${texts.length}.`);
  return texts.flatMap((text) => {
    const [x, y, part, ...more] = text.split(',');
    const [tx, ty] = numbersOf(`${x},${y ?? ''}`);
    const read = tapsInput.safeParse([{ x: tx, y: ty, part: part?.trim() }]);
    if (read.success && more.length === 0) return read.data;
    return refuse(
      `--tap ${text} is no place of the photo: X,Y from 0 to 1, and one of ${tapParts.join(', ')}.`,
    );
  });
}

/** What is wrong with a file can be said before anything is started for it. */
export function requireReadable(file: string): void {
  let size: number;
  try {
    const found = statSync(file);
    if (!found.isFile()) throw new Notice(`${file} is no file.`);
    size = found.size;
    readFileSync(file, { flag: 'r' }).subarray(0, 1);
  } catch (error) {
    if (error instanceof Notice) throw error;
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new Notice(`There is no file ${file}.`);
    throw new Notice(`${file} cannot be read: ${(error as Error).message}`);
  }
  if (size > pictureLimits.maxBytes) {
    throw new Notice(
      `${file} has ${(size / 2 ** 20).toFixed(1)} MiB; at most ${pictureLimits.maxBytes / 2 ** 20} MiB are taken.`,
    );
  }
}

/** The same of the folder that the result goes to: a minute's work should not end there. */
export function requireWritable(out: string): void {
  try {
    accessSync(dirname(out), constants.W_OK);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new Notice(
      isMissing ? `There is no folder ${dirname(out)}.` : `Nothing can be written to ${dirname(out)}.`,
    );
  }
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory()) throw new Notice(`${out} is a folder.`);
}
