import { describe, expect, it } from 'vitest';
import type { Tap } from '#lib/gallery/look/kinds.ts';
import { tellCoverings, toldBy } from '#lib/styles/paint/parts/coverings.ts';
import { dressTorsos } from '#lib/styles/paint/parts/dress-torsos.ts';
import { dropRoom } from '#lib/styles/paint/parts/drop-room.ts';
import { acrossFace, type Head, headOf } from '#lib/styles/paint/parts/head.ts';
import { labField } from '#lib/styles/paint/parts/lab-field.ts';
import type { Shares } from '#lib/styles/paint/parts/prior.ts';
import { classes, priorAt } from '#lib/styles/paint/parts/prior.ts';
import { settleTaps } from '#lib/styles/paint/parts/settle-taps.ts';
import { bareEars, growForeheads, growSkin, lightLimbs } from '#lib/styles/paint/parts/skin.ts';
import { solveParts } from '#lib/styles/paint/parts/solve-parts.ts';
import type { FaceMesh } from '#lib/styles/paint/people/face-mesh.ts';
import { newPlane, type Picture } from '#lib/styles/paint/raster.ts';
import { plainPicture } from '#tests/support/pictures.ts';

const [width, height] = [200, 240];
const head: Head = { x: 100, y: 60, unit: 50, roll: 0, turn: 0, sides: [0.42, 0.42] };

type Rectangle = readonly [x: number, y: number, w: number, h: number];

function paint(picture: Picture, [x, y, w, h]: Rectangle, at: (row: number) => readonly number[]): void {
  for (let py = y; py < y + h; py++) {
    const [r = 0, g = 0, b = 0] = at((py - y) / h);
    picture.r.fill(r, py * width + x, py * width + x + w);
    picture.g.fill(g, py * width + x, py * width + x + w);
    picture.b.fill(b, py * width + x, py * width + x + w);
  }
}

describe('skin', () => {
  it('goes on into shade, and ends where an edge ends it', () => {
    const photo = plainPicture(width, height, [0.2, 0.3, 0.6]);
    // An arm that shades off to a third of its light, and trousers of a warm brown below it.
    paint(photo, [90, 120, 20, 90], (down) => [0.78, 0.55, 0.45].map((one) => one * (1 - 0.67 * down)));
    paint(photo, [90, 210, 20, 30], () => [0.36, 0.22, 0.14]);
    const field = labField(photo);
    const skin = new Float32Array(width * height);
    for (let y = 120; y < 128; y++) skin.fill(1, y * width + 90, y * width + 110);
    const first = 122 * width + 100;
    const of = [field.L[first], field.a[first], field.b[first]] as [number, number, number];
    const limbs = new Uint8Array(skin.length).fill(1);
    const grown = growSkin(field, skin, [of], limbs);
    const at = (x: number, y: number) => grown[y * width + x] as number;
    expect(at(100, 190)).toBeGreaterThan(0.8);
    expect(at(100, 225)).toBe(0);
    expect(at(60, 160)).toBe(0);
    expect(growSkin(field, skin, [of], new Uint8Array(skin.length))[200 * width + 100]).toBe(0);
  });
});

describe('a limb in another light than the face', () => {
  /** How much a place of this colour looks like skin, below a face of that one. */
  function bareBelow(face: readonly [number, number, number], colour: readonly [number, number, number]) {
    const { L, a, b } = labField(plainPicture(1, 1, face));
    const skin = new Float32Array(2);
    const of = [L[0], a[0], b[0]] as [number, number, number];
    lightLimbs(labField(plainPicture(2, 1, colour)), skin, [of], Uint8Array.from([1, 0]));
    expect(skin[1]).toBe(0);
    return skin[0] as number;
  }
  const pale = [0.74, 0.69, 0.68] as const;
  const blue = [0.55, 0.5, 0.72] as const;

  it('is skin where it looks as skin does in most light', () => {
    for (const face of [pale, blue]) expect(bareBelow(face, [0.78, 0.55, 0.45])).toBeGreaterThan(0.8);
  });

  it('and cloth is not: red, orange, denim, grey, a tan that the face’s own hue denies', () => {
    for (const cloth of [
      [0.6, 0.1, 0.1],
      [0.84, 0.48, 0.33],
      [0.3, 0.4, 0.6],
      [0.5, 0.5, 0.5],
    ] as const)
      expect(bareBelow(pale, cloth)).toBeLessThan(0.1);
    expect(bareBelow([0.78, 0.54, 0.48], [0.66, 0.56, 0.42])).toBeLessThan(0.1);
  });
});

describe('a high forehead', () => {
  /**
   * Dark hair around a face whose hairline lies so far above its middle, in its heights, before a light wall. A high forehead
   * lies in shade, and here and there the hair shines in its colour.
   */
  function bald(hairline: number) {
    const photo = plainPicture(width, height, [0.8, 0.82, 0.85]);
    const body = newPlane(width, height);
    for (let i = 0; i < width * height; i++) {
      const [u, v] = [((i % width) - head.x) / head.unit, (Math.floor(i / width) - head.y) / head.unit];
      const isBody = Math.hypot(u / 0.6, (v + 0.15) / 0.8) < 1 || v > 0.6;
      if (!isBody) continue;
      body.data[i] = 1;
      const isFace = Math.hypot(u / (v < -0.3 ? 0.3 : 0.36), v / (v < 0 ? hairline : 0.5)) < 1;
      const light = 1 + 0.01 * Math.sin(i);
      const shine = !isFace && v < 0 && hairline > 0.7 && i % 12 === 0;
      const top = [0.56, 0.36, 0.27];
      const colour =
        shine || (hairline > 0.7 && isFace && v < -0.45)
          ? top
          : isFace
            ? [0.75, 0.52, 0.42]
            : v > 0.6
              ? [0.2, 0.3, 0.6]
              : [0.12, 0.1, 0.09];
      for (const [k, plane] of [photo.r, photo.g, photo.b].entries())
        plane[i] = (colour[k] as number) * light;
    }
    return { photo, body };
  }

  it('is skin where hair does not look like it, however far up it reaches', () => {
    const { photo, body } = bald(0.78);
    const { skin } = solveParts(photo, body, [head]);
    expect(skin.data[Math.round(head.y - 0.68 * head.unit) * width + head.x]).toBeGreaterThan(0.6);
  });

  it('goes on to where an edge ends it', () => {
    const { photo } = bald(0.6);
    const of: Shares = {
      background: newPlane(width, height),
      skin: newPlane(width, height),
      hair: newPlane(width, height),
      clothes: newPlane(width, height),
    };
    of.skin.data.fill(1);
    const rows = Math.round(head.y - 0.42 * head.unit) * width;
    of.skin.data.fill(0, 0, rows);
    of.hair.data.fill(1, 0, rows);
    growForeheads({ ...labField(photo), grain: new Float32Array(width * height) }, of, [head]);
    const at = (up: number) => Math.round(head.y - up * head.unit) * width + head.x;
    expect(of.skin.data[at(0.53)]).toBeGreaterThan(0.9);
    expect(of.hair.data[at(0.7)]).toBe(1);
  });

  it('and bleached by light, up to where strands begin', () => {
    // From the middle of the face upwards ever paler; what lies above a hairline differs from that by its grain alone.
    const photo = plainPicture(width, height, [0.75, 0.52, 0.42]);
    paint(photo, [0, 20, width, 30], (down) =>
      [0.98, 0.97, 0.9].map((one, k) => one + (([0.75, 0.52, 0.42][k] as number) - one) * down),
    );
    paint(photo, [0, 0, width, 20], () => [0.98, 0.97, 0.9]);
    const of: Shares = {
      background: newPlane(width, height),
      skin: newPlane(width, height, 1),
      hair: newPlane(width, height),
      clothes: newPlane(width, height),
    };
    const rows = Math.round(head.y - 0.4 * head.unit) * width;
    of.skin.data.fill(0, 0, rows);
    of.hair.data.fill(1, 0, rows);
    const grain = new Float32Array(width * height).fill(
      0.6,
      0,
      Math.round(head.y - 0.47 * head.unit) * width,
    );
    growForeheads({ ...labField(photo), grain }, of, [head]);
    const at = (up: number) => Math.round(head.y - up * head.unit) * width + head.x;
    expect(of.skin.data[at(0.45)]).toBeGreaterThan(0.9);
    expect(of.hair.data[at(0.72)]).toBe(1);
  });
});

describe('an ear that was taken for hair', () => {
  /** How much of it stays hair, beside hair of this colour. */
  function dyedBeside(hair: readonly number[]): number {
    const photo = plainPicture(width, height, [0.75, 0.52, 0.42]);
    paint(photo, [0, 0, width, 40], () => hair);
    // It lies in shade.
    paint(photo, [120, 55, 8, 15], () => [0.42, 0.28, 0.22]);
    const of = () => newPlane(width, height);
    const shares: Shares = { background: of(), skin: newPlane(width, height, 1), hair: of(), clothes: of() };
    shares.skin.data.fill(0, 0, 40 * width);
    shares.hair.data.fill(1, 0, 40 * width);
    for (let y = 55; y < 70; y++) shares.hair.data.fill(1, y * width + 120, y * width + 128);
    bareEars(labField(photo), shares, [head]);
    return shares.hair.data[62 * width + 124] as number;
  }

  it('is told from black hair by its colour; brown hair may have that', () => {
    expect(dyedBeside([0.12, 0.11, 0.11])).toBeLessThan(0.1);
    expect(dyedBeside([0.42, 0.27, 0.2])).toBe(1);
  });
});

describe('what was taken for skin on a torso', () => {
  /** How much of it is worn when it has this colour and goes on so far down. */
  function wornIn(colour: readonly number[], end = 178): number {
    const photo = plainPicture(width, height, [0.75, 0.52, 0.42]);
    paint(photo, [60, 108, 80, end - 108], () => colour);
    const of = () => newPlane(width, height);
    const shares: Shares = { background: of(), skin: newPlane(width, height, 1), hair: of(), clothes: of() };
    // A shirt's collar lies between.
    shares.skin.data.fill(0, 100 * width, 108 * width);
    shares.skin.data.fill(0, end * width);
    for (let y = 108; y < end; y++) {
      shares.skin.data.fill(0, y * width, y * width + 60);
      shares.skin.data.fill(0, y * width + 140, (y + 1) * width);
    }
    dressTorsos(labField(photo), shares, [head]);
    return shares.clothes.data[140 * width + 100] as number;
  }

  it('is a pullover where its hue is not the face’s; a chest in shade stays bare', () => {
    expect(wornIn([0.62, 0.53, 0.4])).toBe(1);
    expect(wornIn([0.52, 0.36, 0.29])).toBe(0);
  });

  it('is a tan suit where it covers all of it, paler and yellower than the face; a body in the sun stays bare', () => {
    expect(wornIn([0.68, 0.56, 0.475], 240)).toBe(1);
    expect(wornIn([0.82, 0.58, 0.4], 240)).toBe(0);
    expect(wornIn([0.78, 0.64, 0.57], 240)).toBe(0);
  });
});

describe('the same colour above a face and under its chin', () => {
  /** How much of the crown is taken for a covering, with or without bare ears and a bare neck beside the cheeks. */
  function coveredWith(
    isBare: boolean,
    cloth: readonly [number, number, number] = [0.2, 0.17, 0.15],
    { taps = [], down = -0.7 }: { taps?: Tap[]; down?: number } = {},
  ): number {
    const photo = plainPicture(width, height, [0.8, 0.82, 0.85]);
    const of = () => newPlane(width, height);
    const shares: Shares = { background: of(), skin: of(), hair: of(), clothes: of() };
    for (let i = 0; i < width * height; i++) {
      const [u, v] = [((i % width) - head.x) / head.unit, (Math.floor(i / width) - head.y) / head.unit];
      const isFace = Math.hypot(u / 0.36, v / 0.5) < 1 || (isBare && v > 0 && v < 0.6 && Math.abs(u) < 0.6);
      const isBody = Math.hypot(u / 0.7, (v + 0.1) / 0.85) < 1 || v > 0.6;
      const part = isFace ? 'skin' : !isBody ? 'background' : v > 0.5 ? 'clothes' : 'hair';
      shares[part].data[i] = 1;
      // Under the chin lies shade.
      const light = v > 0.5 ? 0.75 : 1;
      const colour = isFace ? [0.75, 0.52, 0.42] : isBody ? cloth.map((one) => light * one) : null;
      if (colour) [photo.r[i], photo.g[i], photo.b[i]] = colour as [number, number, number];
    }
    return tellCoverings(photo, shares, [head], taps).data[
      Math.round(head.y + down * head.unit) * width + head.x
    ] as number;
  }

  it('is a scarf where it goes on beside both cheeks; else hair above a collar', () => {
    expect([coveredWith(false), coveredWith(true)]).toEqual([1, 0]);
    expect(coveredWith(false, [0.35, 0.6, 0.5])).toBe(1);
  });

  it('is worn below the chin once somebody says that it is clothes there; above it nothing is dyed', () => {
    const taps: Tap[] = [{ part: 'clothes', x: head.x / width, y: (head.y + 1.2 * head.unit) / height }];
    expect(coveredWith(false, undefined, { down: 1 })).toBe(1);
    expect(coveredWith(false, undefined, { taps, down: 1 })).toBe(0);
    expect(coveredWith(false, undefined, { taps })).toBe(1);
  });
});

describe('a face that looks to the side', () => {
  it('reaches as far as its ear: a cheek in shade is no hair', () => {
    const points = new Float32Array(468 * 2).fill(0.5);
    const put = (index: number, x: number, y: number) => points.set([x / width, y / height], index * 2);
    put(10, 100, 35);
    put(152, 100, 85);
    put(234, 68, 60);
    put(454, 104, 60);
    put(1, 108, 62);
    const turned = headOf(
      { x: 0.5, y: 0.25, width: 0.2, height: 0.2, score: 1 },
      { points, score: 1 } satisfies FaceMesh,
      { width, height },
    );
    const hairAt = (of: Head, u: number) => {
      const out = new Float32Array(classes.length);
      priorAt(u, 0.05, 1, out, of.turn, acrossFace(of, u));
      return out[classes.indexOf('hair')] as number;
    };
    expect(turned.turn).toBeCloseTo(1, 2);
    expect(hairAt(turned, -0.46)).toBeLessThan(0.1);
    expect(hairAt({ ...turned, sides: [0.42, 0.42] }, -0.46)).toBeGreaterThan(0.5);
  });
});

describe('what was taken for clothes', () => {
  /** Somebody in a dark shirt with a table's colour in a rectangle, before a wall of that colour. */
  function dressed([x, y, w, h]: Rectangle): { photo: Picture; shares: Shares } {
    const photo = plainPicture(width, height, [0.8, 0.75, 0.7]);
    const shares: Shares = {
      background: newPlane(width, height),
      skin: newPlane(width, height),
      hair: newPlane(width, height),
      clothes: newPlane(width, height),
    };
    shares.background.data.fill(1);
    const shirt: Rectangle = [50, 95, 100, 120];
    paint(photo, shirt, () => [0.15, 0.15, 0.2]);
    paint(photo, [x, y, w, h], () => [0.8, 0.75, 0.7]);
    for (const [left, top, wide, tall] of [shirt, [x, y, w, h] as const])
      for (let row = top; row < top + tall; row++) {
        shares.clothes.data.fill(1, row * width + left, row * width + left + wide);
        shares.background.data.fill(0, row * width + left, row * width + left + wide);
      }
    return { photo, shares };
  }

  it('goes back to the room where it is made of it: a paper beside an arm; a print within a shirt stays', () => {
    const paper = dressed([150, 130, 30, 30]);
    dropRoom(paper.photo, paper.shares, [head]);
    expect(paper.shares.clothes.data[145 * width + 165]).toBe(0);
    expect(paper.shares.background.data[145 * width + 165]).toBe(1);
    expect(paper.shares.clothes.data[145 * width + 100]).toBe(1);
    const print = dressed([85, 130, 30, 30]);
    dropRoom(print.photo, print.shares, [head]);
    expect(print.shares.clothes.data[145 * width + 100]).toBe(1);
  });

  it('stays below the waist: trousers may be of a wall’s colour', () => {
    const trousers = dressed([60, 190, 80, 50]);
    dropRoom(trousers.photo, trousers.shares, [head]);
    expect(trousers.shares.clothes.data[230 * width + 100]).toBe(1);
  });
});

describe('a tap that corrects', () => {
  const dark = plainPicture(width, height, [0.1, 0.1, 0.12]);
  const place = (x: number, y: number) => ({ x: (x + 0.5) / width, y: (y + 0.5) / height });
  function filled(rectangles: Partial<Record<keyof Shares, Rectangle>>): Shares {
    const out = Object.fromEntries(classes.map((name) => [name, newPlane(width, height)])) as Shares;
    for (const [name, [x, y, w, h]] of Object.entries(rectangles) as [keyof Shares, Rectangle][])
      for (let row = y; row < y + h; row++) out[name].data.fill(1, row * width + x, row * width + x + w);
    for (let i = 0; i < width * height; i++)
      out.background.data[i] = classes.some((name) => out[name].data[i] === 1) ? 0 : 1;
    return out;
  }

  it('names what was taken for the other part, and not what lies beside it and was right', () => {
    const of = filled({ hair: [70, 20, 60, 40], clothes: [60, 100, 16, 60], skin: [76, 100, 60, 60] });
    settleTaps(dark, of, [head], [{ part: 'hair', ...place(68, 130) }]);
    expect(of.hair.data[130 * width + 68]).toBe(1);
    expect(of.skin.data[130 * width + 84]).toBe(1);
  });

  it('hears less and less along a rim: what is wrong ends, and what lies beyond looks the same', () => {
    const of = filled({ hair: [20, 20, 160, 90] });
    settleTaps(dark, of, [head], [{ part: 'background', ...place(100, 24) }]);
    expect(of.hair.data[26 * width + 100]).toBe(0);
    expect(of.hair.data[26 * width + 116]).toBeGreaterThan(0.9);
  });

  it('is heard by the foot of a photo, where what is wrong goes on outside of it', () => {
    const of = filled({ clothes: [40, 140, 120, 100] });
    settleTaps(dark, of, [head], [{ part: 'skin', ...place(100, 234) }]);
    expect(of.skin.data[234 * width + 103]).toBeGreaterThan(0.9);
  });

  it('on hair below a cap says nothing of the cap; on top of a head it denies one', () => {
    expect(toldBy([{ part: 'hair', ...place(125, 62) }], head, dark)).toBeNull();
    expect(toldBy([{ part: 'hair', ...place(100, 25) }], head, dark)).toBe('hair');
  });
});
