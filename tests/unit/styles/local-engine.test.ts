import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StyleName } from '#lib/styles/catalogue.ts';
import { createLocalEngine } from '#lib/styles/node/local-engine.ts';

const engine = createLocalEngine();
const never = new AbortController().signal;
let photo: Buffer;

beforeAll(async () => {
  const file = readFileSync(new URL('../../../public/samples/eileen-collins.png', import.meta.url));
  photo = await sharp(file).resize(200).jpeg().toBuffer();
});
afterAll(() => engine.close());

describe('the local engine', () => {
  it('makes a JPEG and tells its stages in order', async () => {
    const stages: string[] = [];
    const result = await engine.stylise({
      photo,
      style: 'noir',
      signal: never,
      onStage: (stage) => stages.push(stage),
    });
    if (!result.ok) throw new Error(result.detail);
    expect(stages).toEqual(['decode', 'analyse', 'paint', 'encode']);
    expect(result.value).toMatchObject({ mimeType: 'image/jpeg', width: 400, height: 400 });
    expect(Object.keys(result.value.stagesMs)).toEqual(stages);
    expect((await sharp(result.value.bytes).metadata()).format).toBe('jpeg');
  });

  it('lays a share of a look over the photo, of a preset as of a picture’s', async () => {
    const cloth = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#a3203f' } })
      .png()
      .toBuffer();
    const hair = { style: 'reference', reference: cloth } as const;
    const jobs = (strength?: number) => [
      { style: 'noir' as const, ...(strength ? { strength } : {}) },
      { ...hair, order: { kind: 'hair' as const, ...(strength ? { strength } : {}) } },
    ];
    const meanOf = async (look: ReturnType<typeof jobs>[number] | null) => {
      const made = look ? await engine.stylise({ photo, signal: never, ...look }) : null;
      if (made && !made.ok) throw new Error(made.detail);
      const { channels } = await sharp(made ? made.value.bytes : photo).stats();
      return channels.map(({ mean }) => mean);
    };
    const plain = await meanOf(null);
    for (const [k, part] of jobs(0.5).entries()) {
      const [whole, half] = [await meanOf(jobs()[k] ?? part), await meanOf(part)];
      for (const [c, mean] of half.entries())
        expect(Math.abs(mean - ((whole[c] ?? 0) + (plain[c] ?? 0)) / 2)).toBeLessThan(1.5);
    }
  });

  it('leaves no trace of where or by whom a photo was taken', async () => {
    const marked = await sharp(photo)
      .withExif({ IFD0: { Artist: 'Someone', Make: 'Camera' } })
      .toBuffer();
    const result = await engine.stylise({ photo: marked, style: 'duotone', signal: never });
    if (!result.ok) throw new Error(result.detail);
    expect((await sharp(result.value.bytes).metadata()).exif).toBeUndefined();
  });

  it('turns a photo upright before painting it', async () => {
    const lying = await sharp(photo).resize(200, 120).withMetadata({ orientation: 6 }).toBuffer();
    const result = await engine.stylise({ photo: lying, style: 'duotone', signal: never });
    expect(result).toMatchObject({ ok: true, value: { width: 240, height: 400 } });
  });

  it('stops within milliseconds when it is aborted in the middle of painting', async () => {
    const large = await sharp(photo).resize(2000).jpeg().toBuffer();
    const abort = new AbortController();
    let abortedAt = 0;
    const result = await engine.stylise({
      photo: large,
      style: 'oil',
      signal: abort.signal,
      onStage: (stage) => {
        if (stage !== 'paint') return;
        setImmediate(() => {
          abortedAt = performance.now();
          abort.abort();
        });
      },
    });
    expect(result).toMatchObject({ ok: false, code: 'conversion.engine' });
    expect(performance.now() - abortedAt).toBeLessThan(500);
  });

  it('works on after an abort', async () => {
    const result = await engine.stylise({ photo, style: 'noir', signal: never });
    expect(result.ok).toBe(true);
  });

  it('does not begin what is already aborted', async () => {
    const stages: string[] = [];
    const signal = AbortSignal.abort();
    const result = await engine.stylise({
      photo,
      style: 'noir',
      signal,
      onStage: (stage) => stages.push(stage),
    });
    expect(result).toMatchObject({ ok: false, code: 'conversion.engine' });
    expect(stages).toEqual([]);
  });

  it('refuses a style it does not know', async () => {
    const result = await engine.stylise({ photo, style: 'crayon' as StyleName, signal: never });
    expect(result).toMatchObject({ ok: false, code: 'style.unknown' });
  });

  it.each([
    ['an empty file', Buffer.alloc(0)],
    ['text', Buffer.from('not a picture')],
    ['half a JPEG', null],
  ])('fails cleanly on %s', async (_, bytes) => {
    const result = await engine.stylise({
      photo: bytes ?? photo.subarray(0, photo.length >> 1),
      style: 'noir',
      signal: never,
    });
    expect(result).toMatchObject({ ok: false, code: 'conversion.engine' });
  });

  it('renders two photos at once, each as it would alone', async () => {
    const alone = await engine.stylise({ photo, style: 'duotone', signal: never });
    const [one, two] = await Promise.all([
      engine.stylise({ photo, style: 'duotone', signal: never }),
      engine.stylise({ photo, style: 'noir', signal: never }),
    ]);
    if (!alone.ok || !one?.ok || !two?.ok) throw new Error('A render failed');
    expect(one.value.bytes.equals(alone.value.bytes)).toBe(true);
    expect(two.value.bytes.equals(alone.value.bytes)).toBe(false);
  });
});
