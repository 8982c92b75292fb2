import { readFileSync } from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { judgePhoto } from '#lib/conversions/photo-check/judge-photo.ts';
import { adviceCodes, adviceFor } from '#lib/conversions/photo-check/view.ts';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { studiedSide, studyPhoto } from '#lib/styles/paint/study-photo.ts';
import en from '#messages/en.json' with { type: 'json' };
import fa from '#messages/fa.json' with { type: 'json' };

const sample = (name: string) =>
  sharp(readFileSync(new URL(`../../../public/samples/${name}`, import.meta.url)));

async function judge(photo: Sharp) {
  const { data, info } = await photo.webp({ quality: 80 }).toBuffer({ resolveWithObject: true });
  return judgePhoto(await studyPhoto(await decodePhoto(data, studiedSide), nodeModels), info);
}

describe('looking at a photo before it is converted', () => {
  it.each(['eileen-collins.png', 'grace-hopper.jpg'])(
    'finds nothing wrong with %s, and one person',
    async (name) => {
      const photo = sample(name).resize(640, 800, { fit: 'inside' });
      expect(await judge(photo)).toEqual({ usable: true, person: 'one', advice: [] });
    },
  );

  it.each(['coffee.png', 'rocket.jpg'])('finds nothing wrong with %s, and nobody', async (name) => {
    const photo = sample(name).resize(640, 640, { fit: 'inside' });
    expect(await judge(photo)).toEqual({ usable: true, person: 'none', advice: [] });
  });

  it.each(['eileen-collins.png', 'grace-hopper.jpg', 'coffee.png', 'rocket.jpg'])(
    'says that a blurred %s is blurred, and still takes it',
    async (name) => {
      const photo = sample(name).resize(640, 640, { fit: 'inside' }).blur(3);
      expect(await judge(photo)).toMatchObject({ usable: true, advice: ['blurry'] });
    },
  );

  it('says that a photo is dark, that it is bright, that it is pale', async () => {
    const photo = () => sample('eileen-collins.png').resize(600);
    expect((await judge(photo().linear(0.15, 0))).advice).toEqual(['dark']);
    expect((await judge(photo().linear(0.4, 190))).advice).toContain('bright');
    expect((await judge(photo().linear(0.12, 100))).advice).toContain('flat');
  });

  it('says that a photo is small, and refuses one that is tiny or empty', async () => {
    expect(await judge(sample('eileen-collins.png').resize(400))).toMatchObject({
      usable: true,
      advice: ['small'],
    });
    expect(await judge(sample('eileen-collins.png').resize(120))).toMatchObject({ usable: false });
    const empty = sharp({ create: { width: 700, height: 500, channels: 3, background: '#777777' } });
    expect(await judge(empty)).toEqual({ usable: false, person: 'none', advice: ['blank'] });
  });

  it('tells a far figure to come nearer', async () => {
    const figure = await sample('grace-hopper.jpg').resize(150).toBuffer();
    const wide = sample('rocket.jpg')
      .resize(1200, 800)
      .composite([{ input: figure, left: 700, top: 600 }]);
    const { advice } = await judge(sharp(await wide.png().toBuffer()));
    expect(advice).toEqual(['smallFace']);
  });

  it('says that a style needs somebody only for such a style, and first', () => {
    const nobody = { person: 'none', advice: ['dark'] } as const;
    expect(adviceFor(nobody, 'splash')).toEqual(['needsPerson', 'dark']);
    expect(adviceFor(nobody, 'oil')).toEqual(['dark']);
    expect(adviceFor({ ...nobody, person: 'one' }, 'splash')).toEqual(['dark']);
  });

  it('has a sentence for everything it may say, in both languages', () => {
    for (const messages of [fa, en]) {
      for (const code of [...adviceCodes, 'good'] as const)
        expect(messages.photoCheck[code].length).toBeGreaterThan(8);
    }
  });
});
