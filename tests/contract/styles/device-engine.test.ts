import { existsSync, readFileSync } from 'node:fs';
import * as runtime from 'onnxruntime-web';
import { type Browser, chromium, type Page } from 'playwright';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { styles } from '#lib/styles/catalogue.ts';
import { decodePhoto, decodeReference } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { readMask } from '#lib/styles/paint/looks/read-mask.ts';
import { readPeople } from '#lib/styles/paint/looks/read-people.ts';
import { wearLook } from '#lib/styles/paint/looks/wear-look.ts';
import { needsOf, type PaintableLook, paintLook } from '#lib/styles/paint/paint-look.ts';
import { pictureOf, writePixels } from '#lib/styles/paint/pixels.ts';
import { paintStyle } from '#lib/styles/paint/presets.ts';
import { readReference } from '#lib/styles/paint/reference/read-reference.ts';
import { readPlainScene, readScene } from '#lib/styles/paint/scene.ts';
import { soften } from '#lib/styles/paint/soften.ts';
import { studiedSide, studyPhoto } from '#lib/styles/paint/study-photo.ts';
import { openPartsNetwork } from '#lib/styles/parts-model/open-network.ts';
import type { EnginePage } from '#scripts/rig/engine-page.ts';
import { type EngineSite, openEngineSite } from '#scripts/rig/engine-site.ts';
import { demoPatterns } from '#scripts/seed/demo-patterns.ts';
import { colourPartsNetwork } from '#tests/support/models/onnx-file.ts';
import { quarters } from '#tests/support/pictures.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const portrait = readFileSync(new URL('../../../public/samples/eileen-collins.png', import.meta.url));
const side = 256;
const wornSide = 192;

declare const engines: EnginePage;
declare let engine: ReturnType<EnginePage['engine']>;
declare let coming: Promise<{ blob: Blob }[]>;

let site: EngineSite;
let browser: Browser;
let page: Page;
let cloth: Buffer;
const faults: string[] = [];

/** What the server's engine makes of these pixels, byte for byte. */
async function onServer(file: Buffer, look: PaintableLook, strength = 1) {
  const scene = await readScene(await decodePhoto(file, side), needsOf(look), nodeModels);
  const picture = soften(paintLook(scene, look), await decodePhoto(file, side), strength);
  const bytes = Buffer.alloc(picture.width * picture.height * 3);
  writePixels(picture, 3, bytes);
  return { width: picture.width, height: picture.height, bytes };
}

async function pixelsOf(base64: string) {
  const { data, info } = await sharp(Buffer.from(base64, 'base64'))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, bytes: data };
}

const newPage = async () => {
  const opened = await browser.newPage();
  opened.on('pageerror', (error) => faults.push(error.message));
  opened.on('console', (line) => {
    if (/Content Security|violat/i.test(line.text())) faults.push(line.text());
  });
  await opened.goto(site.origin);
  await opened.waitForFunction(() => 'engines' in globalThis);
  return opened;
};

/** A lossless photo of exactly the painted size, so that both sides start from the same pixels. */
const exact = (width: number, height: number) =>
  sharp(portrait).resize(width, height, { fit: 'cover' }).png().toBuffer();

/** A page with an engine and this photo open in it. */
async function open(photo: Buffer, type = ''): Promise<{ id: string; width: number; height: number }> {
  return page.evaluate(
    ([base64, declared]) => {
      Object.assign(globalThis, { engine: engines.engine() });
      return engine.openPhoto(engines.toBlob(base64 as string, declared));
    },
    [photo.toString('base64'), type],
  );
}

describe.skipIf(!existsSync(executablePath))('the engine on the device', () => {
  beforeAll(async () => {
    site = await openEngineSite();
    cloth = await sharp(await demoPatterns.marble())
      .resize(400, 400, { fit: 'inside' })
      .png()
      .toBuffer();
    site.put('/cloth.png', cloth);
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic'],
    });
  });
  beforeEach(async () => {
    await page?.close();
    faults.length = 0;
    site.sent.clear();
    page = await newPage();
  });
  afterAll(async () => {
    await browser?.close();
    site?.close();
  });

  it('makes every style exactly as the server does, pixel by pixel', async () => {
    const photo = await exact(side, 192);
    const { id } = await open(photo);
    const made = await page.evaluate(
      async ([photoId, names, longest]) => {
        const found: Record<string, string> = {};
        for (const name of names) {
          const { blob } = await engine.thumbnail(photoId, name, { side: longest, type: 'image/png' });
          found[name] = await engines.toText(blob);
        }
        return found;
      },
      [id, styles.map(({ name }) => name), side] as const,
    );
    for (const { name } of styles) {
      const [ours, theirs] = [await onServer(photo, { style: name }), await pixelsOf(made[name] ?? '')];
      expect([name, theirs.width, theirs.height]).toEqual([name, ours.width, ours.height]);
      expect([name, theirs.bytes.equals(ours.bytes)]).toEqual([name, true]);
    }
    expect(faults).toEqual([]);
  });

  it('lays as much of a style over the photo as the server does, in whatever order it is asked for', async () => {
    const photo = await exact(side, 192);
    const { id } = await open(photo);
    const strengths = [1, 0.35, 1, 0.8];
    const made = await page.evaluate(
      async ([photoId, asked, longest]) => {
        const found: string[] = [];
        for (const strength of asked) {
          const { blob } = await engine.stage(
            photoId,
            { style: 'watercolor', strength },
            { side: longest, type: 'image/png' },
          );
          found.push(await engines.toText(blob));
        }
        return found;
      },
      [id, strengths, side] as const,
    );
    for (const [at, strength] of strengths.entries()) {
      const ours = await onServer(photo, { style: 'watercolor' }, strength);
      expect([strength, (await pixelsOf(made[at] ?? '')).bytes.equals(ours.bytes)]).toEqual([strength, true]);
    }
  });

  it('makes a look of another picture, and half of a look, exactly as the server does', async () => {
    const photo = await exact(192, side);
    const { id } = await open(photo);
    const [whole, half] = await page.evaluate(
      async ([photoId, longest]) => {
        const look = { style: 'reference', url: '/cloth.png' } as const;
        const options = { side: longest, type: 'image/png' } as const;
        const asked = [
          engine.stage(photoId, look, options),
          engine.stage(photoId, { ...look, order: { kind: 'light', strength: 0.5 } }, options),
        ];
        return Promise.all(asked.map(async (one) => engines.toText((await one).blob)));
      },
      [id, side] as const,
    );
    const reference = await readReference(await decodeReference(cloth), nodeModels);
    const look = { style: 'reference', reference } as const;
    expect((await pixelsOf(whole ?? '')).bytes.equals((await onServer(photo, look)).bytes)).toBe(true);
    expect((await pixelsOf(half ?? '')).bytes.equals((await onServer(photo, look, 0.5)).bytes)).toBe(true);
  });

  it.each([
    ['cloth', { kind: 'fabric' }],
    ['a shade of hair', { kind: 'hair', shades: { hair: '#7a2f1d' } }],
    ['some of a shade of hair', { kind: 'hair', shades: { hair: '#7a2f1d' }, strength: 0.4 }],
    ['a garment’s cloth', { kind: 'garment' }],
    ['make-up', { kind: 'makeup', shades: { lips: '#a3203f', eyes: '#6a3f8a', cheeks: '#d06070' } }],
    ['a place', { kind: 'place' }],
    ['a painting', { kind: 'painting' }],
  ] as const)(
    'tries on %s exactly as the server does',
    async (_, order) => {
      const photo = await exact(wornSide, wornSide);
      const { id } = await open(photo);
      const made = await page.evaluate(
        async ([photoId, longest, given]) => {
          const look = { style: 'reference', url: '/cloth.png', order: given } as const;
          const call = engine.stage(photoId, look, { side: longest, type: 'image/png' });
          const ending = await engines.ending(call);
          return ending === 'fine' ? engines.toText((await call).blob) : ending;
        },
        [id, wornSide, order] as const,
      );
      const { pixels, ...size } = await decodeReference(cloth);
      const reference = pictureOf({ ...size, step: 3, bytes: pixels });
      const decoded = await decodePhoto(photo, wornSide);
      const worn = soften(
        await wearLook(decoded, reference, order, nodeModels),
        decoded,
        'strength' in order ? order.strength : 1,
      );
      const bytes = Buffer.alloc(worn.width * worn.height * 3);
      writePixels(worn, 3, bytes);
      expect((await pixelsOf(made)).bytes.equals(bytes)).toBe(true);
    },
    60_000,
  );

  it('shows what a look is worn on exactly as the server finds it, taps and all', async () => {
    const photo = await exact(wornSide, wornSide);
    const { id } = await open(photo);
    const order = { kind: 'hair', taps: [{ part: 'hair', x: 0.43, y: 0.07 }] } as const;
    const made = await page.evaluate(
      async ([photoId, asked]) => {
        const { mask, ...parts } = await engine.parts(photoId, asked);
        return { parts, alpha: mask ? await engines.toText(mask) : '' };
      },
      [id, order] as const,
    );
    const decoded = await decodePhoto(photo, wornSide);
    const { mask, ...parts } = readMask(decoded, await readPeople(decoded, nodeModels), order);
    expect(made.parts).toEqual(parts);
    const alpha = await sharp(Buffer.from(made.alpha, 'base64')).extractChannel(3).raw().toBuffer();
    const ours = Uint8ClampedArray.from(mask?.data ?? [], (value) => 255 * value);
    expect(alpha.equals(Buffer.from(ours))).toBe(true);
  });

  it('finds parts by the operator’s network where the site gives it, exactly as the server does, and fetches nothing of it before', async () => {
    const model = colourPartsNetwork();
    site.put('/api/parts-model', model);
    const fetched = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .filter((name) => /ort-wasm|parts-model/.test(name)),
      );
    const photo = await exact(wornSide, wornSide);
    const { id } = await open(photo);
    expect(await fetched()).toEqual([]);
    const order = { kind: 'fabric' } as const;
    const alphaOf = async () => {
      const text = await page.evaluate(
        async ([photoId, asked]) => {
          const { mask } = await engine.parts(photoId, asked);
          return mask ? engines.toText(mask) : '';
        },
        [id, order] as const,
      );
      return sharp(Buffer.from(text, 'base64')).extractChannel(3).raw().toBuffer();
    };
    const session = await openPartsNetwork(runtime, model);
    const decoded = await decodePhoto(photo, wornSide);
    const people = await readPeople(decoded, { ...nodeModels, parts: session });
    const { mask } = readMask(decoded, people, order);
    const ours = Uint8ClampedArray.from(mask?.data ?? [], (value) => 255 * value);
    expect((await alphaOf()).equals(Buffer.from(ours))).toBe(true);
    expect(people.network).not.toBeNull();
    expect([...site.sent.keys()].filter((path) => /ort-wasm.*wasm$|parts-model/.test(path))).toHaveLength(2);
  });

  it.each([
    ['somebody', () => exact(512, 384)],
    ['nobody', () => quarters(512, 300).png().toBuffer()],
    [
      'the dark',
      async () =>
        sharp(await exact(400, 512))
          .linear(0.12)
          .png()
          .toBuffer(),
    ],
  ])('measures a photo of %s as the server does, so that the advice is the same', async (_, photoOf) => {
    const photo = await photoOf();
    const { id } = await open(photo);
    const measured = await page.evaluate((photoId) => engine.measure(photoId), id);
    expect(measured).toEqual(await studyPhoto(await decodePhoto(photo, studiedSide), nodeModels));
  });

  it('paints a style before the networks are there as if nobody were in the photo, and then as the server does', async () => {
    const photo = await exact(side, 192);
    const release = site.hold(/networks|\.wasm$|\.gz$/);
    try {
      const sketch = await page.evaluate(
        async ([base64, longest]) => {
          const own = engines.engine();
          const { id } = await own.openPhoto(engines.toBlob(base64 as string));
          const { promise, resolve } = Promise.withResolvers<Blob>();
          const options = { side: longest as number, type: 'image/png' } as const;
          const final = own.thumbnail(id, 'noir', { ...options, onSketch: ({ blob }) => resolve(blob) });
          // Looked at first, it does not stand in the way of what can be painted already.
          const large = own.stage(id, { style: 'duotone' }, options);
          Object.assign(globalThis, { coming: Promise.all([final, large]) });
          return engines.toText(await promise);
        },
        [photo.toString('base64'), side] as const,
      );
      const plain = paintStyle(readPlainScene(await decodePhoto(photo, side)), 'noir');
      const bytes = Buffer.alloc(plain.width * plain.height * 3);
      writePixels(plain, 3, bytes);
      expect((await pixelsOf(sketch)).bytes.equals(bytes)).toBe(true);
      expect([...site.sent].filter(([path]) => /networks|wasm$|gz$/.test(path))).toEqual([]);
      // What is fetched until then is what a slow line waits for.
      expect([...site.sent].reduce((sum, [, size]) => sum + size, 0)).toBeLessThan(50_000);
    } finally {
      release();
    }
    const [final, large] = await page.evaluate(async () =>
      Promise.all((await coming).map(({ blob }) => engines.toText(blob))),
    );
    for (const [style, made] of [
      ['noir', final],
      ['duotone', large],
    ] as const)
      expect((await pixelsOf(made ?? '')).bytes.equals((await onServer(photo, { style })).bytes)).toBe(true);
  });

  it('says so when there is nobody to wear a look', async () => {
    const { id } = await open(await quarters(side, side).png().toBuffer());
    const ending = await page.evaluate(
      (photoId) =>
        engines.ending(
          engine.stage(photoId, { style: 'reference', url: '/cloth.png', order: { kind: 'fabric' } }),
        ),
      id,
    );
    expect(ending).toBe('noPerson');
  });

  it('fetches nothing but the page itself before a photo is opened', async () => {
    expect(
      await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name)),
    ).toEqual([`${site.origin}/page.js`]);
    await open(await exact(64, 64));
    const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(names.some((name) => /worker/.test(name))).toBe(true);
  });

  it.each([
    ['a JPEG of twelve megapixels', 4000, 3000, 1],
    ['a JPEG that lies on its side', 3000, 2000, 6],
    ['a JPEG with more pixels than are unpacked whole', 10_000, 6000, 6],
  ])('opens %s upright', async (_, width, height, orientation) => {
    const photo = await quarters(width, height).withMetadata({ orientation }).jpeg().toBuffer();
    const isTurned = orientation > 4;
    const opened = await page.evaluate(async (base64) => {
      const blob = engines.toBlob(base64, 'image/jpg');
      const { shown, ...found } = await engines.engine().openPhoto(blob, { shownSide: 800 });
      return { ...found, text: shown ? await engines.toText(shown) : '' };
    }, photo.toString('base64'));
    expect(opened).toMatchObject(isTurned ? { width: height, height: width } : { width, height });
    const { bytes, ...size } = await pixelsOf(opened.text);
    expect(Math.max(size.width, size.height)).toBe(800);
    const at = (x: number, y: number) => {
      const i = (Math.floor(y * size.height) * size.width + Math.floor(x * size.width)) * 3;
      return [bytes[i] ?? 0, bytes[i + 1] ?? 0, bytes[i + 2] ?? 0];
    };
    // Turned by a quarter, what was below on the left comes to stand above on the left.
    const [red, , blue] = at(0.25, 0.25);
    expect((red ?? 0) > (blue ?? 0)).toBe(!isTurned);
    expect((await sharp(Buffer.from(opened.text, 'base64')).metadata()).orientation).toBeUndefined();
  });

  it('paints a photo much larger than the preview nearly as the server does', async () => {
    const photo = await sharp(portrait).resize(2400, 1800).jpeg({ quality: 95 }).toBuffer();
    const { id } = await open(photo);
    const text = await page.evaluate(
      async ([photoId, longest]) =>
        engines.toText(
          (await engine.stage(photoId, { style: 'duotone' }, { side: longest, type: 'image/png' })).blob,
        ),
      [id, side] as const,
    );
    const [ours, theirs] = [await onServer(photo, { style: 'duotone' }), await pixelsOf(text)];
    expect([theirs.width, theirs.height]).toEqual([ours.width, ours.height]);
    const apart = ours.bytes.reduce((sum, byte, i) => sum + Math.abs(byte - (theirs.bytes[i] ?? 0)), 0);
    expect(apart / ours.bytes.length).toBeLessThan(3);
  });

  it('says what it cannot open, and goes on with what it can', async () => {
    await open(await exact(64, 64));
    const endings = await page.evaluate(() =>
      Promise.all(
        ['', btoa('not a picture'), btoa('<svg xmlns="http://www.w3.org/2000/svg"/>')].map((bytes) =>
          engines.ending(engine.openPhoto(engines.toBlob(bytes))),
        ),
      ),
    );
    expect(endings).toEqual(['undecodable', 'undecodable', 'undecodable']);
    const lost = await page.evaluate(async () => {
      const look = { style: 'reference', url: '/none.png' } as const;
      return [
        await engines.ending(engine.stage('photo-1', look)),
        await engines.ending(engine.thumbnail('photo-1', 'duotone')),
      ];
    });
    expect(lost).toEqual(['network', 'fine']);
  });

  it('paints what is looked at before what waits, and leaves out what nobody wants any more', async () => {
    const { id } = await open(await exact(side, 192));
    const order = await page.evaluate(async (photoId) => {
      const ended: string[] = [];
      // Nothing waits for the networks any more.
      await engine.thumbnail(photoId, 'ink', { side: 64 });
      const note = (name: string, call: Promise<unknown>) =>
        engines.ending(call).then((how) => ended.push(how === 'fine' ? name : `${name} ${how}`));
      const gone = new AbortController();
      const { signal } = gone;
      const all = [
        note('first', engine.thumbnail(photoId, 'noir', { priority: 'later' })),
        note('rest', engine.thumbnail(photoId, 'duotone', { priority: 'later' })),
        note('gone', engine.thumbnail(photoId, 'vintage', { signal })),
        note('shown', engine.thumbnail(photoId, 'vintage')),
        note('old look', engine.stage(photoId, { style: 'noir' }, { side: 64 })),
        note('look', engine.stage(photoId, { style: 'duotone' }, { side: 64 })),
      ];
      gone.abort();
      await Promise.all(all);
      return ended;
    }, id);
    expect(order).toEqual(['gone cancelled', 'first', 'look', 'old look', 'shown', 'rest']);
  });

  it('goes on with the same photo after its worker died, and gives up when it dies again and again', async () => {
    const photo = (await exact(64, 64)).toString('base64');
    const found = await page.evaluate(async (base64) => {
      // A worker that can be told to die as one does that runs out of memory.
      const workers: Worker[] = [];
      const RealWorker = Worker;
      globalThis.Worker = class extends RealWorker {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          super(...args);
          workers.push(this);
        }
      };
      const own = engines.engine();
      const { id } = await own.openPhoto(engines.toBlob(base64));
      const endings: string[] = [];
      for (let round = 0; round < 4; round += 1) {
        const lost = engines.ending(own.thumbnail(id, 'noir'));
        workers.at(-1)?.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
        endings.push(await lost, await engines.ending(own.thumbnail(id, 'duotone')));
      }
      globalThis.Worker = RealWorker;
      return { endings, workers: workers.length };
    }, photo);
    expect(found).toEqual({
      endings: ['fine', 'fine', 'fine', 'fine', 'crashed', 'crashed', 'crashed', 'crashed'],
      workers: 3,
    });
  });

  it('begins what its worker died over once more, and does the rest when that kills the next one too', async () => {
    const photo = (await exact(64, 64)).toString('base64');
    const endings = await page.evaluate(async (base64) => {
      const RealWorker = Worker;
      // One job is too much for any worker.
      globalThis.Worker = class extends RealWorker {
        override postMessage(job: { look?: { style?: string } }) {
          super.postMessage(job);
          if (job.look?.style === 'oil')
            this.dispatchEvent(new ErrorEvent('error', { message: 'out of memory' }));
        }
      };
      const own = engines.engine();
      const { id } = await own.openPhoto(engines.toBlob(base64));
      const endings = Promise.all(
        (['oil', 'noir'] as const).map((style) => engines.ending(own.thumbnail(id, style))),
      );
      await endings;
      globalThis.Worker = RealWorker;
      return endings;
    }, photo);
    expect(endings).toEqual(['crashed', 'fine']);
  });

  it('finds out by itself that its worker answers no more', async () => {
    const photo = (await exact(64, 64)).toString('base64');
    const ending = await page.evaluate((base64) => {
      const mute = { postMessage() {}, terminate() {} } as unknown as Worker;
      return engines.ending(
        engines.engine({ startWorker: () => mute, patienceMs: 50 }).openPhoto(engines.toBlob(base64)),
      );
    }, photo);
    expect(ending).toBe('network');
  });

  it.each([
    ['WebAssembly', 'delete globalThis.WebAssembly', 'oldBrowser'],
    ['a canvas in workers', 'delete globalThis.OffscreenCanvas', 'oldBrowser'],
    [
      'being allowed to spend data',
      "Object.defineProperty(navigator, 'connection', { value: { saveData: true } })",
      'saveData',
    ],
    ['memory', "Object.defineProperty(navigator, 'deviceMemory', { value: 0.5 })", 'littleMemory'],
  ])('is not there without %s', async (_, script, why) => {
    const bare = await browser.newPage();
    await bare.addInitScript(script);
    await bare.goto(site.origin);
    await bare.waitForFunction(() => 'engines' in globalThis);
    expect(await bare.evaluate(() => engines.support())).toEqual({ can: false, why });
    await bare.close();
    expect(await page.evaluate(() => engines.support().can)).toBe(true);
  });
});
