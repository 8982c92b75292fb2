import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LookKind } from '#lib/gallery/look/kinds.ts';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { seededRandom } from '#lib/styles/paint/kernels/random.ts';
import type { WornOrder } from '#lib/styles/paint/looks/order.ts';
import { readMask } from '#lib/styles/paint/looks/read-mask.ts';
import { readParts, readPeople } from '#lib/styles/paint/looks/read-people.ts';
import { studyReference } from '#lib/styles/paint/looks/study-reference.ts';
import { findObstacle, LookImpossible, wearLook } from '#lib/styles/paint/looks/wear-look.ts';
import type { Parts } from '#lib/styles/paint/parts/find-parts.ts';
import { hex, newPicture, type Picture } from '#lib/styles/paint/raster.ts';
import { demoPictures } from '#scripts/seed/demo-album.ts';
import { plainPicture } from '#tests/support/pictures.ts';

const sample = (name: string) => readFileSync(new URL(`../../../public/samples/${name}`, import.meta.url));

/** Flat cloth: squares of two colours. */
function squares(side = 160): Picture {
  const random = seededRandom(4);
  const out = newPicture(side, side);
  for (let i = 0; i < out.r.length; i++) {
    const on = ((i % side) >> 4) % 2 === (((i / side) | 0) >> 4) % 2;
    out.r[i] = (on ? 0.7 : 0.1) + 0.05 * random();
    out.g[i] = on ? 0.15 : 0.5;
    out.b[i] = on ? 0.2 : 0.45;
  }
  return out;
}

/** The mean difference of two pictures, in levels of 255, where `counts` says so. */
function difference(one: Picture, two: Picture, counts: (index: number) => boolean): number {
  let [sum, n] = [0, 0];
  for (let i = 0; i < one.r.length; i++) {
    if (!counts(i)) continue;
    for (const c of ['r', 'g', 'b'] as const) sum += Math.abs((one[c][i] as number) - (two[c][i] as number));
    n += 3;
  }
  return (255 * sum) / Math.max(1, n);
}

describe('a gallery’s picture', () => {
  it('that is a card says its shades, light to dark, without its paper; one of somebody says none', async () => {
    const card = plainPicture(240, 120, [0.96, 0.95, 0.93]);
    const shades = ['#d9b38c', '#8a4b2a', '#2b1a14'];
    for (const [k, shade] of shades.entries())
      for (let y = 20; y < 100; y++)
        for (let x = 15 + k * 75; x < 15 + k * 75 + 60; x++)
          for (const [c, value] of hex(shade).entries())
            (['r', 'g', 'b'] as const)
              .map((channel) => card[channel])
              [c]?.fill(value, y * 240 + x, y * 240 + x + 1);
    const found = await studyReference(card, null, nodeModels);
    expect(found).toMatchObject({ faces: 0, isProduct: true });
    expect(found.shades).toHaveLength(3);
    for (const [k, shade] of found.shades.entries())
      for (const [c, value] of hex(shade).entries())
        expect(Math.abs(value - (hex(shades[k] ?? '')[c] ?? 0))).toBeLessThan(0.03);
    const somebody = await studyReference(
      await decodePhoto(sample('eileen-collins.png'), 420),
      null,
      nodeModels,
    );
    expect(somebody).toMatchObject({ faces: 1, isPattern: false, shades: [] });
  });

  it('that is the same all over is a pattern; a photo of a thing or a place is none', async () => {
    const isPattern = async (picture: Picture) => (await studyReference(picture, null, nodeModels)).isPattern;
    for (const name of ['ikat', 'marble', 'stripes'] as const)
      expect(await isPattern(await decodePhoto(await demoPictures[name](), 320)), name).toBe(true);
    for (const name of ['coffee.png', 'rocket.jpg', 'chelsea-cat.png'])
      expect(await isPattern(await decodePhoto(sample(name), 320)), name).toBe(false);
    expect(await isPattern(plainPicture(200, 200, [0.5, 0.2, 0.2]))).toBe(false);
  });
});

describe('what a look is worn on, before it is', () => {
  it('is what is painted; doubted where little is found, until somebody says', async () => {
    const photo = await decodePhoto(sample('grace-hopper.jpg'), 420);
    const people = await readPeople(photo, nodeModels);
    const clothes = readMask(photo, people, { kind: 'garment' });
    const worn = await wearLook(photo, squares(), { kind: 'garment' }, nodeModels);
    let outside = 0;
    for (let i = 0; i < photo.r.length; i++)
      if ((clothes.mask?.data[i] ?? 0) === 0 && worn.r[i] !== photo.r[i]) outside += 1;
    expect(outside).toBe(0);
    expect(clothes).toMatchObject({ isUnsure: false, people: [{ isChosen: true }] });
    // Under a cap there is hardly any hair.
    expect(readMask(photo, people, { kind: 'hair' }).isUnsure).toBe(true);
    expect(
      readMask(photo, people, { kind: 'hair', taps: [{ part: 'hair', x: 0.34, y: 0.3 }] }).isUnsure,
    ).toBe(false);
    // What a wrong part of the clothes is instead: on a cheek skin, on the wall what is behind.
    const { width, height, cells } = clothes.otherwise;
    const at = (x: number, y: number) => cells[Math.floor(y * height) * width + Math.floor(x * width)];
    expect([at(0.52, 0.46), at(0.04, 0.05)]).toEqual(['s', 'b']);
  });
});

describe('looks that are worn', () => {
  let hopper: Picture;
  let collins: Picture;
  let parts: { hopper: Parts; collins: Parts };

  const partsOf = async (photo: Picture, taps: Parameters<typeof readParts>[2] = []): Promise<Parts> => {
    const found = readParts(photo, await readPeople(photo, nodeModels), taps);
    if (!found) throw new Error('nobody was found');
    return found;
  };
  const try_ = (photo: Picture, kind: LookKind, more: Partial<WornOrder> = {}) =>
    wearLook(photo, squares(), { ...more, kind } as WornOrder, nodeModels);

  beforeAll(async () => {
    hopper = await decodePhoto(sample('grace-hopper.jpg'), 420);
    collins = await decodePhoto(sample('eileen-collins.png'), 420);
    parts = { hopper: await partsOf(hopper), collins: await partsOf(collins) };
  });

  const at = ({ width, height }: Picture, x: number, y: number) =>
    Math.floor(y * height) * width + Math.floor(x * width);
  const face =
    (photo: Picture, { heads: [head] }: Parts) =>
    (i: number) => {
      const [x, y] = [i % photo.width, Math.floor(i / photo.width)];
      return head !== undefined && Math.hypot((x - head.x) / 0.3, (y - head.y) / 0.4) < head.unit;
    };

  it('tell clothes, hair, a hat and skin apart', () => {
    const { clothes, skin, covering, hair } = parts.hopper;
    for (const [x, y] of [
      [0.15, 0.85],
      [0.85, 0.85],
      [0.3, 0.7],
    ] as const)
      expect(clothes.data[at(hopper, x, y)]).toBeGreaterThan(0.9);
    expect(skin.data[at(hopper, 0.48, 0.4)]).toBeGreaterThan(0.9);
    // The cap, from its badge to its brim: never hair, which would be dyed.
    for (const [x, y] of [
      [0.5, 0.08],
      [0.4, 0.12],
      [0.5, 0.2],
      [0.6, 0.19],
    ] as const) {
      expect(covering.data[at(hopper, x, y)]).toBeGreaterThan(0.8);
      expect(hair.data[at(hopper, x, y)]).toBeLessThan(0.1);
    }
    expect(parts.collins.hair.data[at(collins, 0.43, 0.07)]).toBeGreaterThan(0.8);
    expect(parts.collins.clothes.data[at(collins, 0.3, 0.7)]).toBeGreaterThan(0.9);
    expect(parts.collins.person.data[at(collins, 0.75, 0.1)]).toBeLessThan(0.1);
  });

  it('follow a tap: what it names is that, and what is like it around', async () => {
    const told = await partsOf(collins, [{ part: 'background', x: 0.85, y: 0.85 }]);
    expect(parts.collins.person.data[at(collins, 0.85, 0.85)]).toBeGreaterThan(0.8);
    expect(told.person.data[at(collins, 0.85, 0.85)]).toBeLessThan(0.3);
    expect(told.clothes.data[at(collins, 0.3, 0.7)]).toBeGreaterThan(0.9);
    const scarf = await partsOf(collins, [{ part: 'covering', x: 0.43, y: 0.07 }]);
    expect(scarf.hair.data[at(collins, 0.43, 0.07)]).toBeLessThan(0.1);
    expect(scarf.covering.data[at(collins, 0.43, 0.07)]).toBeGreaterThan(0.8);
  });

  it('and a tap says nothing of what is far from it', async () => {
    // On the cheek: skin, as was known. Clothes lose and gain next to nothing by it.
    const told = await partsOf(hopper, [{ part: 'skin', x: 0.52, y: 0.46 }]);
    let [both, either] = [0, 0];
    for (let i = 0; i < told.clothes.data.length; i++) {
      const [before, after] = [
        (parts.hopper.clothes.data[i] as number) > 0.5,
        (told.clothes.data[i] as number) > 0.5,
      ];
      both += before && after ? 1 : 0;
      either += before || after ? 1 : 0;
    }
    expect(both / either).toBeGreaterThan(0.95);
  });

  it('leave eyes alone that have the colour of what is worn', async () => {
    const { width, height, r, g, b } = collins;
    const photo = { width, height, r: r.slice(), g: g.slice(), b: b.slice() };
    const suit = at(collins, 0.3, 0.6);
    const eyes = [at(collins, 0.395, 0.198), at(collins, 0.484, 0.201)];
    for (const eye of eyes)
      for (let dy = -4; dy <= 4; dy++)
        for (let dx = -5; dx <= 5; dx++)
          for (const plane of [photo.r, photo.g, photo.b])
            plane[eye + dy * width + dx] = plane[suit] as number;
    const found = await partsOf(photo);
    for (const eye of eyes) expect(found.clothes.data[eye]).toBeLessThan(0.05);
  });

  it.each(['fabric', 'hair', 'place'] as const)('%s leaves faces as they are', async (kind) => {
    const shades = { hair: '#7a1f2b' };
    const all = [
      [collins, parts.collins],
      // Hardly any hair shows under a cap.
      ...(kind === 'hair' ? [] : [[hopper, parts.hopper] as const]),
    ] as const;
    for (const [photo, own] of all) {
      const made = await try_(photo, kind, { shades });
      expect(difference(made, photo, face(photo, own))).toBeLessThan(1);
      expect(made.r.every((value) => value >= 0 && value <= 1)).toBe(true);
    }
  });

  it('lay the cloth in its colours, in the light that was there, and in the size that was said', async () => {
    const counts = (i: number) => (parts.hopper.clothes.data[i] as number) > 0.95;
    const made = await try_(hopper, 'fabric', { repeatCm: 40 });
    expect(difference(made, hopper, counts)).toBeGreaterThan(20);
    expect(difference(made, hopper, (i) => (parts.hopper.clothes.data[i] as number) === 0)).toBe(0);
    // Changes from square to square along a row: twice as many when the cloth is half as large.
    const changes = (picture: Picture) => {
      let n = 0;
      for (let y = Math.floor(picture.height * 0.8); y < picture.height; y += 3)
        for (let x = 1; x < picture.width; x++) {
          const i = y * picture.width + x;
          const isRed = (k: number) => (picture.r[k] as number) > (picture.g[k] as number);
          if (counts(i) && counts(i - 1) && isRed(i) !== isRed(i - 1)) n++;
        }
      return n;
    };
    expect(changes(await try_(hopper, 'fabric', { repeatCm: 20 })) / changes(made)).toBeGreaterThan(1.5);
  });

  it('dye hair in the shade that was chosen, strands kept', async () => {
    const made = await try_(collins, 'hair', { shades: { hair: '#7a1f2b' } });
    const i = at(collins, 0.43, 0.07);
    expect((made.r[i] as number) - (made.g[i] as number)).toBeGreaterThan(0.12);
    const isHair = (k: number) => (parts.collins.hair.data[k] as number) > 0.95;
    const spread = (picture: Picture) => {
      const values = Array.from(picture.g).filter((_, k) => isHair(k));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    };
    expect(spread(made)).toBeGreaterThan(0.3 * spread(collins));
  });

  it('put make-up on lips and not on teeth, eyes or anything else', async () => {
    const made = await try_(collins, 'makeup', { shades: { lips: '#b01050' } });
    const lips = at(collins, 0.4395, 0.3);
    let most = 0;
    for (let dy = -8; dy <= 8; dy++)
      most = Math.max(
        most,
        Math.abs(
          (made.g[lips + dy * collins.width] as number) - (collins.g[lips + dy * collins.width] as number),
        ),
      );
    expect(most).toBeGreaterThan(0.08);
    const isFar = (i: number) => !face(collins, parts.collins)(i);
    expect(difference(made, collins, isFar)).toBeLessThan(0.02);
  });

  it('stand somebody before another place', async () => {
    const wall = plainPicture(300, 200, [0.1, 0.5, 0.2]);
    const made = await wearLook(collins, wall, { kind: 'place' }, nodeModels);
    const i = at(collins, 0.75, 0.1);
    expect((made.g[i] as number) - (made.r[i] as number)).toBeGreaterThan(0.2);
  });

  it('paint in the hand of a painting and answer the same again', async () => {
    const photo = await decodePhoto(sample('eileen-collins.png'), 200);
    const one = await try_(photo, 'painting');
    const two = await try_(photo, 'painting');
    expect(one.r.every((value, i) => value === two.r[i])).toBe(true);
    expect(difference(one, photo, () => true)).toBeGreaterThan(10);
  });

  it('say what a photo has not', async () => {
    const cat = await decodePhoto(sample('chelsea-cat.png'), 400);
    await expect(try_(cat, 'fabric')).rejects.toThrow(LookImpossible);
    await expect(try_(cat, 'makeup')).rejects.toMatchObject({ obstacle: 'noFace' });
    await expect(try_(cat, 'hair')).rejects.toMatchObject({ obstacle: 'noPerson' });
  });

  it.each([300, 640, 1024])('take no animal for somebody, whatever its size: %i pixels', async (side) => {
    const cat = await decodePhoto(sample('chelsea-cat.png'), side);
    for (const kind of ['fabric', 'hair', 'place'] as const)
      expect(await findObstacle(cat, { kind }, nodeModels)).toBe('noPerson');
    expect(await findObstacle(cat, { kind: 'makeup' }, nodeModels)).toBe('noFace');
  });
});
