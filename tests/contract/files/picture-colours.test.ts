import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharp } from '#lib/core/threads/image-runtime.ts';
import { acceptImage } from '#lib/files/picture/accept-image.ts';
import { pngChunk } from '#lib/files/picture/png-chunks.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const [width, height] = [128, 32];

let browser: Browser;
let page: Page;

/** Fields of 8 x 8 pixels in greys and strong colours, which JPEG keeps well enough to be compared. */
function fields() {
  const data = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const [column, row] = [(i % width) >> 3, Math.floor(i / width) >> 3];
    const level = column * 17;
    const colour = [
      [level, level, level],
      [level, 40, 60],
      [30, level, 80],
      [255 - level, 120, level],
    ][row];
    data.set(colour ?? [], i * 3);
  }
  return sharp(data, { raw: { width, height, channels: 3 } });
}

const fixed = (...values: number[]) => {
  const data = Buffer.alloc(4 * values.length);
  for (const [place, value] of values.entries()) data.writeUInt32BE(Math.round(value * 100_000), 4 * place);
  return data;
};
const gama = (gamma: number) => pngChunk('gAMA', fixed(gamma));
const chrm = (...points: number[]) => pngChunk('cHRM', fixed(...points));
const cicp = (primaries: number, transfer: number, matrix = 0, full = 1) =>
  pngChunk('cICP', Buffer.from([primaries, transfer, matrix, full]));
const srgb = pngChunk('sRGB', Buffer.from([0]));
const bt709 = chrm(0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06);
const bt2020 = chrm(0.3127, 0.329, 0.708, 0.292, 0.17, 0.797, 0.131, 0.046);
const p3 = chrm(0.3127, 0.329, 0.68, 0.32, 0.265, 0.69, 0.15, 0.06);
const evenWhite = chrm(1 / 3, 1 / 3, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06);
const noColours = chrm(0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3);

const kinds = {
  colour: () => fields().png(),
  grey: () => fields().extractChannel(0).toColourspace('b-w').png(),
  deep: () => fields().toColourspace('rgb16').png(),
  palette: () => fields().png({ palette: true }),
} as const;

async function withChunks(kind: keyof typeof kinds, chunks: readonly Buffer[]) {
  const png = await kinds[kind]().toBuffer();
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

const shownBy = (bytes: Buffer) =>
  page.evaluate(async (base64) => {
    const data = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([data], { type: 'image/png' }));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    return Array.from(context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? []);
  }, bytes.toString('base64'));

/** How far what is kept lies from what a browser shows, on average over the inner pixels of each field. */
async function apart(bytes: Buffer): Promise<number> {
  const result = await acceptImage(bytes);
  if (!result.ok) throw new Error(result.detail);
  const kept = await sharp(result.value.variants.original.bytes).raw().toBuffer();
  const shown = await shownBy(bytes);
  let sum = 0;
  for (let i = 0; i < width * height; i += 1)
    for (let k = 0; k < 3; k += 1) sum += Math.abs((kept[3 * i + k] ?? 0) - (shown[4 * i + k] ?? 0));
  return sum / (width * height * 3);
}

describe.skipIf(!existsSync(executablePath))('the colours of a PNG', () => {
  let own: number;

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
    });
    page = await browser.newPage();
    own = await apart(await withChunks('colour', []));
  });
  afterAll(() => browser?.close());

  it.each([
    ['linear light', 'colour', [gama(1)]],
    ['a gamma of 1.8', 'colour', [gama(0.55556)]],
    ['a gamma under one', 'colour', [gama(2)]],
    ['the gamma of sRGB', 'colour', [gama(0.45455)]],
    ['a gamma of nought', 'colour', [gama(0)]],
    ['linear light in grey', 'grey', [gama(1)]],
    ['linear light in 16 bits', 'deep', [gama(1)]],
    ['a gamma of 1.8 in a palette', 'palette', [gama(0.55556)]],
    ['wide primaries', 'colour', [gama(0.45455), bt2020]],
    ['primaries of a telephone, in 16 bits', 'deep', [gama(0.45455), p3]],
    ['another white', 'colour', [gama(0.45455), evenWhite]],
    ['ordinary primaries', 'colour', [gama(0.45455), bt709]],
    ['primaries without a gamma', 'colour', [bt2020]],
    ['primaries that cannot be', 'colour', [gama(0.45455), noColours]],
    ['sRGB, whatever else is said', 'colour', [srgb, gama(1), bt2020]],
    ['P3 by code', 'colour', [cicp(12, 13)]],
    ['BT.2020 by code', 'colour', [cicp(9, 14)]],
    ['television by code', 'colour', [cicp(1, 1)]],
    ['linear light by code', 'colour', [cicp(1, 8)]],
    ['a code before sRGB', 'colour', [srgb, cicp(12, 13)]],
    ['a code that nobody knows', 'colour', [cicp(2, 2)]],
    ['a code of narrow range', 'colour', [cicp(12, 13, 0, 0)]],
  ] as const)('with %s are kept as a browser shows them', async (_, kind, chunks) => {
    expect(await apart(await withChunks(kind, chunks))).toBeLessThan(own + 2);
  });

  it.each([
    ['PQ', 16],
    ['HLG', 18],
  ])('of HDR (%s) come near to what a browser shows', async (_, transfer) => {
    expect(await apart(await withChunks('grey', [cicp(1, transfer)]))).toBeLessThan(own + 2);
    expect(await apart(await withChunks('colour', [cicp(9, transfer)]))).toBeLessThan(own + 14);
  });

  it('say nothing when they cannot be told apart: the measure itself sees a missed chunk', async () => {
    const plain = await withChunks('colour', []);
    const linear = await withChunks('colour', [gama(1)]);
    const [one, two] = [await shownBy(plain), await shownBy(linear)];
    const between = one.reduce((sum, value, i) => sum + Math.abs(value - (two[i] ?? 0)), 0) / one.length;
    expect(between).toBeGreaterThan(own + 15);
  });
});
