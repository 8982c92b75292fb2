import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as runtime from 'onnxruntime-web';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EnvError, readEnv } from '#lib/core/env/env.ts';
import { dismissNetworks } from '#lib/core/threads/network-host.ts';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { createLocalEngine } from '#lib/styles/node/local-engine.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { readMask } from '#lib/styles/paint/looks/read-mask.ts';
import { readParts, readPeople } from '#lib/styles/paint/looks/read-people.ts';
import type { PartsNetwork } from '#lib/styles/paint/people/models.ts';
import type { Picture } from '#lib/styles/paint/raster.ts';
import { openNodeNetwork } from '#lib/styles/parts-model/node-network.ts';
import { openPartsNetwork } from '#lib/styles/parts-model/open-network.ts';
import { requirePartsModel } from '#lib/styles/parts-model/read-file.ts';
import { checkPartsModel } from '#scripts/doctor/check-parts-model.ts';
import { colourPartsNetwork, pixelNetwork } from '#tests/support/models/onnx-file.ts';

runtime.env.wasm.numThreads = 1;

const portrait = new URL('../../../public/samples/eileen-collins.png', import.meta.url);
const sumOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
let folder: string;
let file: string;
const model = colourPartsNetwork();
const sha256 = sumOf(model);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parts-model-'));
  file = join(folder, 'tiny.onnx');
  await writeFile(file, model);
});
afterAll(() => rm(folder, { recursive: true }));

describe('an operator’s parts network', () => {
  it('answers six logits for each pixel of the square it is shown, in their order', async () => {
    const network = await openNodeNetwork({ file, sha256, inBrowser: false });
    const pixels = new Float32Array(256 * 256 * 3);
    pixels.set([1, 0, 0], 0);
    pixels.set([0, 0.5, 0.25], 3 * (256 * 256 - 1));
    const logits = await network(pixels);
    expect(logits.length).toBe(256 * 256 * 6);
    expect([...logits.subarray(0, 6)]).toEqual([-8, -20, 4, -4, 30, -20]);
    expect([...logits.subarray(-6)]).toEqual([-4.5, 10, 3, -4, -15, -2.5]);
  });

  it('may leave the size of its batch open', async () => {
    const open = pixelNetwork({
      weights: [Array(6).fill(1), Array(6).fill(0), Array(6).fill(0)],
      bias: [0, 1, 2, 3, 4, 5],
      input: ['batch', 256, 256, 3],
    });
    const network = await openPartsNetwork(runtime, open);
    expect([...(await network(new Float32Array(256 * 256 * 3))).subarray(0, 6)]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  const six = { weights: [Array(6).fill(1), Array(6).fill(0), Array(6).fill(0)], bias: Array(6).fill(0) };
  it.each([
    ['no model at all', Buffer.from('<!doctype html>not found'), 'no ONNX model'],
    ['half a file', model.subarray(0, model.length >> 1), 'no ONNX model'],
    [
      'another number of classes',
      pixelNetwork({ ...six, weights: six.weights.map((row) => row.slice(1)), bias: Array(5).fill(0) }),
      'its output is 1x256x256x5',
    ],
    ['another size', pixelNetwork({ ...six, side: 128 }), 'its input is 1x128x128x3'],
    [
      'a fourth channel',
      pixelNetwork({ ...six, weights: [...six.weights, Array(6).fill(0)] }),
      '1x256x256x4',
    ],
  ])('is refused before it is asked when it is %s', async (_, bytes, says) => {
    await expect(openPartsNetwork(runtime, bytes)).rejects.toThrow(says);
  });

  it('is taken only with the sum that somebody vouches for', async () => {
    await expect(requirePartsModel({ file, sha256, inBrowser: false })).resolves.toBeUndefined();
    const wrong = requirePartsModel({ file, sha256: sumOf(Buffer.from('x')), inBrowser: false });
    await expect(wrong).rejects.toThrow(EnvError);
    await expect(wrong).rejects.toThrow(sha256);
    await expect(requirePartsModel({ file: `${file}.gone`, sha256, inBrowser: false })).rejects.toThrow(
      'cannot be read (ENOENT)',
    );
    const base = { DATABASE_URL: 'postgres://a@b/c', NEXTAUTH_SECRET: 'x'.repeat(40), PARTS_MODEL: file };
    expect(() => readEnv(base as unknown as NodeJS.ProcessEnv)).toThrow('PARTS_MODEL_SHA256');
    expect(
      readEnv({ ...base, PARTS_MODEL_SHA256: sha256.toUpperCase() } as unknown as NodeJS.ProcessEnv)
        .partsModel,
    ).toEqual({ file, sha256, inBrowser: false });
  });

  it('is looked at by the doctor as a worker uses it', async () => {
    expect(await checkPartsModel({ partsModel: null })).toEqual([]);
    expect(await checkPartsModel({ partsModel: { file, sha256, inBrowser: true } })).toMatchObject([
      { state: 'green', says: expect.stringContaining('browsers are given it') },
    ]);
    const [broken] = await checkPartsModel({
      partsModel: { file, sha256: sumOf(Buffer.from('x')), inBrowser: false },
    });
    expect(broken).toMatchObject({ state: 'red', says: expect.stringContaining(file) });
  });
});

/** A portrait whose face is left and around it flat colours that the tiny network goes by. */
async function painted(): Promise<Picture> {
  const photo = await decodePhoto(await sharp(portrait.pathname).resize(400, 400).png().toBuffer(), 400);
  const fill = (left: number, top: number, right: number, bottom: number, colour: readonly number[]) => {
    for (let y = top; y < bottom; y++)
      for (const [c, channel] of (['r', 'g', 'b'] as const).entries())
        photo[channel].fill(colour[c] ?? 0, y * 400 + left, y * 400 + right);
  };
  fill(0, 0, 110, 400, [0.02, 0.02, 0.02]);
  fill(300, 0, 400, 400, [0.02, 0.02, 0.02]);
  fill(60, 260, 340, 400, [0.9, 0.1, 0.1]);
  fill(110, 10, 150, 200, [0.1, 0.8, 0.1]);
  fill(180, 330, 220, 370, [0.1, 0.1, 0.9]);
  return photo;
}

describe('parts by an operator’s network', () => {
  let network: PartsNetwork;
  beforeAll(async () => {
    network = await openNodeNetwork({ file, sha256, inBrowser: false });
  });
  const at = (x: number, y: number) => y * 400 + x;

  it('are what it sees, the whole and each head from nearer; taps still correct it', async () => {
    let asked = 0;
    const models = {
      ...nodeModels,
      parts: (pixels: Float32Array) => {
        asked += 1;
        return network(pixels);
      },
    };
    const photo = await painted();
    const people = await readPeople(photo, models);
    expect(people.people).toHaveLength(1);
    expect(asked).toBeGreaterThanOrEqual(2);
    const parts = readParts(photo, people, []);
    if (!parts) throw new Error('nobody was found');
    expect(parts.clothes.data[at(100, 320)]).toBeGreaterThan(0.95);
    expect(parts.clothes.data[at(300, 380)]).toBeGreaterThan(0.95);
    expect(parts.hair.data[at(130, 100)]).toBeGreaterThan(0.95);
    expect(parts.clothes.data[at(130, 100)]).toBeLessThan(0.05);
    // A thing that is worn is of the person, and in no cloth.
    expect(parts.clothes.data[at(200, 350)]).toBeLessThan(0.1);
    expect(parts.person.data[at(200, 350)]).toBeGreaterThan(0.9);
    expect(parts.person.data[at(20, 50)]).toBeLessThan(0.05);
    const corrected = readParts(photo, people, [{ part: 'background', x: 0.25, y: 0.8 }]);
    expect(corrected?.clothes.data[at(100, 320)]).toBeLessThan(0.3);
    expect(readMask(photo, people, { kind: 'garment' }).isUnsure).toBe(false);
  });

  it('are our own where no network is named', async () => {
    const people = await readPeople(await painted(), nodeModels);
    expect(people.network).toBeNull();
  });
});

describe('the engine with PARTS_MODEL', () => {
  const never = new AbortController().signal;
  const wear = async (sum: string | null) => {
    const before = { ...process.env };
    if (sum) Object.assign(process.env, { PARTS_MODEL: file, PARTS_MODEL_SHA256: sum });
    // A thread has the environment of the moment it began in.
    await dismissNetworks();
    const engine = createLocalEngine();
    try {
      const { width, height, r, g, b } = await painted();
      const bytes = Buffer.alloc(width * height * 3);
      for (let i = 0; i < r.length; i++)
        for (const [c, channel] of [r, g, b].entries()) bytes[3 * i + c] = 255 * (channel[i] as number);
      const photo = await sharp(bytes, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer();
      const reference = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#2060c0' } })
        .png()
        .toBuffer();
      return await engine.stylise({
        photo,
        style: 'reference',
        reference,
        order: { kind: 'hair', shades: { hair: '#ff00ff' } },
        signal: never,
      });
    } finally {
      await engine.close();
      for (const name of ['PARTS_MODEL', 'PARTS_MODEL_SHA256']) {
        delete process.env[name];
        if (before[name]) process.env[name] = before[name];
      }
    }
  };

  it('dyes what the network says is hair, and says which file is wrong when its sum is', async () => {
    const made = await wear(sha256);
    if (!made.ok) throw new Error(made.detail);
    const { data, info } = await sharp(made.value.bytes).raw().toBuffer({ resolveWithObject: true });
    const scale = info.width / 400;
    const pixel = (Math.round(100 * scale) * info.width + Math.round(130 * scale)) * info.channels;
    // A green that our own means do not take for hair, dyed: no longer green above all.
    expect(data[pixel + 1]).toBeLessThan(Math.max(data[pixel] as number, data[pixel + 2] as number));
    const refused = await wear(sumOf(Buffer.from('x')));
    expect(refused).toMatchObject({ ok: false, code: 'conversion.engine' });
    expect(refused.ok ? '' : refused.detail).toContain(file);
  });
});
