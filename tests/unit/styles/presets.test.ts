import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { type StyleName, styles } from '#lib/styles/catalogue.ts';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { renderPhoto } from '#lib/styles/node/render-photo.ts';
import { paintedSize } from '#lib/styles/paint/painted-size.ts';
import { findPreset } from '#lib/styles/paint/presets.ts';
import { readScene } from '#lib/styles/paint/scene.ts';

const sample = (name: string) => readFileSync(new URL(`../../../public/samples/${name}`, import.meta.url));
const names = styles.map(({ name }) => name);
const thumbs = new Map<StyleName, Buffer>();

let portrait: Buffer;
beforeAll(async () => {
  portrait = await sharp(sample('eileen-collins.png')).resize(180).jpeg().toBuffer();
});

/** A photo with sky, ground and a hard shape in it, of any size. */
function drawing(width: number, height: number): Promise<Buffer> {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="60%" fill="#7fb2e5"/><rect y="60%" width="100%" height="40%" fill="#3d5a2a"/>
    <ellipse cx="50%" cy="55%" rx="20%" ry="30%" fill="#c8502f"/></svg>`;
  return sharp(Buffer.from(picture)).png().toBuffer();
}

describe.each(names)('%s', (name) => {
  it('paints the same picture to the last bit every time, at the size promised', async () => {
    const one = await renderPhoto(portrait, { style: name }, nodeModels);
    const two = await renderPhoto(portrait, { style: name }, nodeModels);
    const sum = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(sum(one.bytes)).toBe(sum(two.bytes));
    expect([one.width, one.height]).toEqual([360, 360]);
    const { format, width, height, chromaSubsampling } = await sharp(one.bytes).metadata();
    expect({ format, width, height, chromaSubsampling }).toEqual({
      format: 'jpeg',
      width: 360,
      height: 360,
      chromaSubsampling: '4:4:4',
    });
    thumbs.set(name, await sharp(one.bytes).resize(48, 48).removeAlpha().raw().toBuffer());
  });

  it('answers with numbers only, whatever the photo', async () => {
    for (const photo of [
      await drawing(96, 70),
      await sharp(sample('coffee.png')).resize(90).greyscale().toBuffer(),
    ]) {
      const decoded = await decodePhoto(photo);
      const { needs, paint } = findPreset(name);
      const painted = paint(await readScene(decoded, needs, nodeModels));
      for (const channel of [painted.r, painted.g, painted.b]) {
        expect(channel.every((value) => Number.isFinite(value))).toBe(true);
      }
    }
  });

  it.each([
    [1, 1],
    [16, 3],
    [2, 90],
    [700, 12],
  ])('survives a photo of %i x %i', async (width, height) => {
    const result = await renderPhoto(await drawing(width, height), { style: name }, nodeModels);
    expect({ width: result.width, height: result.height }).toEqual(paintedSize(width, height));
  });
});

describe('the presets together', () => {
  it('differ clearly from one another on the same portrait', () => {
    expect(thumbs.size).toBe(names.length);
    const alike: string[] = [];
    for (const [i, one] of names.entries()) {
      for (const two of names.slice(i + 1)) {
        const [a, b] = [thumbs.get(one), thumbs.get(two)];
        if (!a || !b) continue;
        let sum = 0;
        for (let k = 0; k < a.length; k++) sum += Math.abs((a[k] as number) - (b[k] as number));
        if (sum / a.length < 8) alike.push(`${one} ${two} ${(sum / a.length).toFixed(1)}`);
      }
    }
    expect(alike).toEqual([]);
  });

  it('keep large photos within 2048 pixels, bring small ones up to twice, leave the rest', () => {
    expect(paintedSize(6000, 3000)).toEqual({ width: 2048, height: 1024 });
    expect(paintedSize(300, 200)).toEqual({ width: 600, height: 400 });
    expect(paintedSize(800, 600)).toEqual({ width: 1024, height: 768 });
    expect(paintedSize(1500, 1000)).toEqual({ width: 1500, height: 1000 });
  });
});
