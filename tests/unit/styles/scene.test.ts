import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodePhoto } from '#lib/styles/node/decode-photo.ts';
import { nodeModels } from '#lib/styles/node/models.ts';
import { coverage } from '#lib/styles/paint/people/find-person.ts';
import { luma } from '#lib/styles/paint/raster.ts';
import { readScene } from '#lib/styles/paint/scene.ts';
import { drawingLight } from '#lib/styles/paint/tone/drawing-light.ts';
import { plainPicture } from '#tests/support/pictures.ts';

const sample = (name: string) => readFileSync(new URL(`../../../public/samples/${name}`, import.meta.url));
const look = async (photo: Buffer) => readScene(await decodePhoto(photo), { person: true }, nodeModels);

describe('reading a scene', () => {
  it.each([
    ['eileen-collins.png', 0.44, 0.25],
    ['grace-hopper.jpg', 0.52, 0.4],
  ])('finds the face and the person in %s', async (file, x, y) => {
    const scene = await look(sample(file));
    expect(scene.faces.length).toBe(1);
    expect(Math.abs((scene.faces[0]?.x ?? 0) - x)).toBeLessThan(0.05);
    expect(Math.abs((scene.faces[0]?.y ?? 0) - y)).toBeLessThan(0.05);
    const person = scene.person;
    if (!person) throw new Error('Nobody was found');
    expect(coverage(person)).toBeGreaterThan(0.4);
    expect(coverage(person)).toBeLessThan(0.7);
    expect(person.data[0]).toBeLessThan(0.05);
    expect(person.data[Math.round(y * person.height) * person.width + Math.round(x * person.width)]).toBe(1);
  });

  it.each(['coffee.png', 'rocket.jpg'])('sees nobody in %s', async (file) => {
    const scene = await look(sample(file));
    expect(scene.faces).toEqual([]);
    expect(scene.person).toBeNull();
    expect(scene.stroke).toBe(scene.unit);
  });

  it('finds a small figure in a wide picture and asks for a finer brush', async () => {
    const figure = await sharp(sample('grace-hopper.jpg')).resize(190).toBuffer();
    const wide = await sharp(sample('rocket.jpg'))
      .resize(1200, 800)
      .composite([{ input: figure, left: 700, top: 570 }])
      .jpeg()
      .toBuffer();
    const scene = await look(wide);
    expect(scene.faces.length).toBe(1);
    expect(Math.abs((scene.faces[0]?.x ?? 0) - 799 / 1200)).toBeLessThan(0.03);
    expect(scene.stroke).toBeLessThan(scene.unit * 0.7);
  });

  it('finds every face of a crowd, of whom some hide in the whole frame', async () => {
    const people = await Promise.all(
      ['eileen-collins.png', 'grace-hopper.jpg'].map((file) =>
        sharp(sample(file)).resize(150, 150).toBuffer(),
      ),
    );
    const places = Array.from({ length: 12 }, (_, k) => ({
      left: 40 + (k % 4) * 250,
      top: 60 + Math.floor(k / 4) * 330,
    }));
    const crowd = await sharp(sample('rocket.jpg'))
      .resize(1024, 1024, { fit: 'fill' })
      .composite(places.map((place, k) => ({ input: people[k % 2] as Buffer, ...place })))
      .jpeg({ quality: 95 })
      .toBuffer();
    const { faces } = await look(crowd);
    const at = (place: { left: number; top: number }) =>
      faces.filter(({ x, y }) => {
        const [across, down] = [x * 1024 - place.left, y * 1024 - place.top];
        return across > 0 && across < 150 && down > 0 && down < 150;
      }).length;
    expect(places.map(at)).toEqual(places.map(() => 1));
    expect(faces.length).toBe(places.length);
  });

  it('takes everybody of a group for a person, the small figure behind as well as the large one in front', async () => {
    const inFront = await sharp(sample('eileen-collins.png')).resize(560).toBuffer();
    const behind = await sharp(sample('grace-hopper.jpg')).resize(150).toBuffer();
    const group = await sharp(sample('rocket.jpg'))
      .resize(1200, 800, { fit: 'fill' })
      .composite([
        { input: inFront, left: 0, top: 240 },
        { input: behind, left: 900, top: 300 },
      ])
      .jpeg()
      .toBuffer();
    const { faces, person } = await look(group);
    expect(faces.length).toBe(2);
    for (const { x, y } of faces) {
      const at = Math.round(y * (person?.height ?? 0)) * (person?.width ?? 0);
      expect(person?.data[at + Math.round(x * (person?.width ?? 0))]).toBeGreaterThan(0.9);
    }
  });

  it('brings a face out of the dark, and leaves a well lit one nearly as it was', async () => {
    const lit = await sharp(sample('eileen-collins.png')).resize(400).png().toBuffer();
    const dark = await sharp(lit).linear(0.35, 0).png().toBuffer();
    const atFace = async (photo: Buffer) => {
      const scene = await look(photo);
      const { width, height, data } = luma(scene.photo);
      return data[Math.round(0.27 * height) * width + Math.round(0.42 * width)] as number;
    };
    const [before, after] = [luma(await decodePhoto(dark)), await atFace(dark)];
    const dim = before.data[
      Math.round(0.27 * before.height) * before.width + Math.round(0.42 * before.width)
    ] as number;
    expect(after).toBeGreaterThan(dim * 1.6);
    const plain = luma(await decodePhoto(lit));
    const own = plain.data[
      Math.round(0.27 * plain.height) * plain.width + Math.round(0.42 * plain.width)
    ] as number;
    expect(Math.abs((await atFace(lit)) - own)).toBeLessThan(0.12);
  });
});

describe('the light a drawing is made from', () => {
  it('leaves a night dark, opens only what is nearly black, and bears values beyond black and white', () => {
    const mean = (data: Float32Array) => data.reduce((sum, value) => sum + value, 0) / data.length;
    const drawn = (light: number) => mean(drawingLight(plainPicture(20, 20, [light, light, light])).data);
    expect(drawn(0.08)).toBeGreaterThan(0.16);
    expect(drawn(0.15)).toBeLessThan(0.25);
    expect(drawn(0.8)).toBeCloseTo(0.8, 5);
    const odd = plainPicture(20, 20, [0.1, 0.1, 0.1]);
    odd.r[3] = odd.g[3] = odd.b[3] = 1.2;
    odd.r[4] = odd.g[4] = odd.b[4] = -0.2;
    expect(drawingLight(odd).data.every((value) => value >= 0 && value <= 1)).toBe(true);
  });
});
