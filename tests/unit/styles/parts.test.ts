import { describe, expect, it } from 'vitest';
import { dyeHair } from '#lib/styles/paint/looks/hair.ts';
import { matteOf } from '#lib/styles/paint/looks/matte.ts';
import { clearFaces } from '#lib/styles/paint/parts/clear-faces.ts';
import { dropStrays } from '#lib/styles/paint/parts/drop-strays.ts';
import { fillHair } from '#lib/styles/paint/parts/fill-hair.ts';
import { hangHair } from '#lib/styles/paint/parts/hang-hair.ts';
import type { Head } from '#lib/styles/paint/parts/head.ts';
import { holdHair } from '#lib/styles/paint/parts/hold-hair.ts';
import { labField } from '#lib/styles/paint/parts/lab-field.ts';
import { lookNear } from '#lib/styles/paint/parts/look-near.ts';
import type { Shares } from '#lib/styles/paint/parts/prior.ts';
import { classes, priorAt } from '#lib/styles/paint/parts/prior.ts';
import { settleRims } from '#lib/styles/paint/parts/settle-rims.ts';
import { grainOf, settleStrands } from '#lib/styles/paint/parts/settle-strands.ts';
import { settleTaps } from '#lib/styles/paint/parts/settle-taps.ts';
import { trimHair } from '#lib/styles/paint/parts/trim-hair.ts';
import { segment } from '#lib/styles/paint/people/find-person.ts';
import type { Models } from '#lib/styles/paint/people/models.ts';
import { hex, newPlane, type Plane } from '#lib/styles/paint/raster.ts';
import { toLab } from '#lib/styles/paint/reference/oklab.ts';
import { plainPicture } from '#tests/support/pictures.ts';

const head: Head = { x: 100, y: 80, unit: 50, roll: 0, turn: 0, sides: [0.42, 0.42] };

describe('looking at a head from near', () => {
  it('takes away what it does not see, and adds nothing that is nowhere near somebody', async () => {
    // A network that takes the left half of whatever it is shown for somebody.
    const models: Pick<Models, 'run'> = {
      run: async () => [
        {
          shape: [1, 256, 256, 1],
          values: Float32Array.from({ length: 256 * 256 }, (_, i) => (i % 256 < 128 ? 1 : 0)),
        },
      ],
    };
    const far = newPlane(200, 200);
    for (let i = 0; i < far.data.length; i++) far.data[i] = i % 200 > 70 ? 1 : 0;
    const mask = await lookNear(models as Models, plainPicture(200, 200, [0.5, 0.5, 0.5]), far, [head]);
    const at = (x: number, y: number) => mask.data[y * 200 + x] as number;
    expect(at(85, 90)).toBeGreaterThan(0.95);
    expect(at(120, 90)).toBeLessThan(0.05);
    expect(at(55, 90)).toBeLessThan(0.05);
  });

  it('takes nothing away from somebody else, whose knee it sees without a head', async () => {
    // Each look sees the upper half of whatever it is shown; only the first one's square ends above the second one's knee.
    const models: Pick<Models, 'run'> = {
      run: async () => [
        {
          shape: [1, 256, 256, 1],
          values: Float32Array.from({ length: 256 * 256 }, (_, i) => (i < 128 * 256 ? 1 : 0)),
        },
      ],
    };
    const far = newPlane(200, 200, 1);
    const other: Head = { ...head, x: 50, y: 40, unit: 40 };
    const mask = await lookNear(models as Models, plainPicture(200, 200, [0.5, 0.5, 0.5]), far, [
      head,
      other,
    ]);
    const at = (x: number, y: number) => mask.data[y * 200 + x] as number;
    expect(at(50, 120)).toBeGreaterThan(0.95);
    expect(at(105, 140)).toBeLessThan(0.15);
  });
});

describe('what lies around a head', () => {
  /** Whether what was taken for clothes beside the first of so many small heads is worn still. */
  const isWorn = (count: number, down: number) => {
    const of = (value = 0) => newPlane(220, 120, value);
    const shares: Shares = { background: of(), skin: of(), hair: of(), clothes: of(1) };
    const heads = Array.from({ length: count }, (_, k) => ({ ...head, x: 30 + 40 * k, y: 50, unit: 14 }));
    clearFaces(shares, heads);
    return (shares.clothes.data[(50 + down) * 220 + 39] as number) > 0.5;
  };

  it('is nothing to wear in a crowd, where hair cannot be told from clothes', () => {
    expect([isWorn(5, -7), isWorn(5, 15)]).toEqual([false, true]);
    expect(isWorn(1, -7)).toBe(true);
  });
});

describe('in a face', () => {
  const of = () => newPlane(200, 200);
  const at = (u: number, v: number) =>
    Math.round(head.y + v * head.unit) * 200 + Math.round(head.x + u * head.unit);
  const fill = (
    plane: Plane,
    [left, right]: readonly [number, number],
    [top, bottom]: readonly [number, number],
  ) => {
    for (let i = 0; i < plane.data.length; i++) {
      const [u, v] = [((i % 200) - head.x) / head.unit, (Math.floor(i / 200) - head.y) / head.unit];
      if (u >= left && u <= right && v >= top && v <= bottom) plane.data[i] = 1;
    }
  };

  it('brows are not dyed, a lock that hangs between them is', () => {
    const shares: Shares = { background: of(), skin: of(), hair: of(), clothes: of() };
    fill(shares.hair, [-0.6, 0.6], [-0.9, -0.5]);
    fill(shares.hair, [-0.08, 0.08], [-0.5, -0.2]);
    for (const side of [-0.23, 0.23]) fill(shares.hair, [side - 0.1, side + 0.1], [-0.34, -0.26]);
    clearFaces(shares, [head]);
    expect([-0.2, 0.2].map((u) => shares.hair.data[at(u, -0.3)])).toEqual([0, 0]);
    expect(shares.hair.data[at(0, -0.28)]).toBeGreaterThan(0.8);
  });

  it('a shine of the wall’s colour is skin; what is seen through beside a neck is not', () => {
    const shares: Shares = { background: of(), skin: newPlane(200, 200, 1), hair: of(), clothes: of() };
    for (const v of [-0.4, 0.6]) fill(shares.background, [0.2, 0.3], [v, v + 0.1]);
    for (let i = 0; i < 200 * 200; i++) shares.skin.data[i] = 1 - (shares.background.data[i] as number);
    clearFaces(shares, [head]);
    expect([-0.36, 0.64].map((v) => shares.background.data[at(0.26, v)])).toEqual([0, 1]);
  });
});

describe('what hangs before a face', () => {
  /** Hair left of a face, and beside it a strip that was taken for skin too. */
  function strip(colour: (x: number) => readonly [number, number, number]) {
    const photo = plainPicture(200, 200, [0.8, 0.62, 0.52]);
    const of = () => newPlane(200, 200);
    const shares: Shares = { background: of(), skin: of(), hair: of(), clothes: of() };
    for (let i = 0; i < 200 * 200; i++) {
      const x = i % 200;
      const hair = x < 78;
      shares[hair ? 'hair' : 'skin'].data[i] = 1;
      const shade = x < 78 ? strand(x) : x < 86 ? colour(x) : null;
      if (shade) [photo.r[i], photo.g[i], photo.b[i]] = shade;
    }
    settleStrands(photo, newPlane(200, 200, 1), grainOf(photo, photo), shares, [head]);
    return shares.hair.data[80 * 200 + 81] as number;
  }
  const strand = (x: number) => (x % 4 < 2 ? ([0.55, 0.3, 0.16] as const) : ([0.36, 0.19, 0.1] as const));

  it('is hair where it looks like hair and has strands', () => expect(strip(strand)).toBeGreaterThan(0.8));

  it('and skin where it is a cheek in the shade of hair', () => {
    expect(
      strip((x) => [0.45 + (x - 78) * 0.03, 0.3 + (x - 78) * 0.03, 0.22 + (x - 78) * 0.03]),
    ).toBeLessThan(0.1);
  });
});

describe('what is likely where, around a head', () => {
  const share = (u: number, v: number, part: (typeof classes)[number], turn = 0) => {
    const out = new Float32Array(classes.length);
    priorAt(u, v, 1, out, turn);
    return out[classes.indexOf(part)] as number;
  };

  it('lets long hair hang down to the chest, and nobody wear the hair of a neighbour', () => {
    expect(share(0.5, 1.6, 'hair')).toBeGreaterThan(0.03);
    expect(share(2.2, 1, 'hair')).toBeLessThan(0.002);
  });

  it('gives nobody’s hair the width of a shirt behind them, but for locks that hang', () => {
    expect(share(1.25, -0.3, 'hair')).toBeLessThan(share(1.25, -0.3, 'clothes') / 10);
    expect(share(1.1, 1.2, 'hair')).toBeGreaterThan(0.005);
  });

  it('has the back of the head behind a face that looks to the side, and nothing of it before', () => {
    expect(share(-0.75, -0.3, 'hair', 1)).toBeGreaterThan(0.8);
    expect(share(-0.75, -0.3, 'hair')).toBeLessThan(0.4);
    expect(share(0.5, -0.2, 'hair', 1)).toBeLessThan(share(0.5, -0.2, 'hair') / 2);
  });

  it('gives shoulders beside a bent head to clothes', () => {
    expect(share(0.8, 0.35, 'clothes')).toBeGreaterThan(share(0.8, 0.35, 'hair'));
  });
});

describe('a dark photo', () => {
  it('is shown to the network lighter, so that hair is told from a dark wall; a light one as it is', async () => {
    const seen: number[] = [];
    const models: Pick<Models, 'run'> = {
      run: async (_, pixels) => {
        seen.push(pixels[0] as number);
        return [{ shape: [1, 256, 256, 1], values: new Float32Array(256 * 256) }];
      },
    };
    const all = { x: 0, y: 0, width: 64, height: 64 };
    for (const shade of [0.05, 0.7])
      await segment(models as Models, plainPicture(64, 64, [shade, shade, shade]), all);
    expect(seen[0]).toBeGreaterThan(0.15);
    expect(seen[1]).toBeCloseTo(0.7, 5);
  });
});

describe('long hair that geometry cuts off at a collar', () => {
  const black = [0.1, 0.08, 0.07] as const;

  /** Hair down to a collar, then clothes with the colour that is told. How much hair is in the middle of the lock below, and in the cloth beside. */
  function below(shirt: readonly [number, number, number], wide: number, end = 1.8): [number, number] {
    const photo = plainPicture(200, 200, shirt);
    const of = () => newPlane(200, 200);
    const shares: Shares = { background: of(), skin: of(), hair: of(), clothes: of() };
    for (let i = 0; i < 200 * 200; i++) {
      const [u, v] = [
        ((i % 200) + 0.5 - head.x) / head.unit,
        (Math.floor(i / 200) + 0.5 - head.y) / head.unit,
      ];
      const lock = u > 0.4 && u < 0.4 + wide && v < end;
      // Hair fades to its ends.
      const faded = black.map((light) => light + 0.06 * Math.max(0, v)) as [number, number, number];
      if (lock) [photo.r[i], photo.g[i], photo.b[i]] = faded;
      shares[lock && v < 0.6 ? 'hair' : 'clothes'].data[i] = 1;
    }
    hangHair(labField(photo), shares, [head]);
    const at = (u: number, v: number) =>
      shares.hair.data[
        Math.round(head.y + v * head.unit) * 200 + Math.round(head.x + u * head.unit)
      ] as number;
    return [at(0.4 + wide / 2, 1.5), at(0, 1.5)];
  }

  it('goes on to its ends before a shirt of another colour', () => {
    expect(below([0.7, 0.2, 0.25], 0.3)).toEqual([1, 0]);
  });

  it('also where all of it hangs on one side, thicker and long', () => {
    expect(below([0.7, 0.2, 0.25], 0.48, 2.38)).toEqual([1, 0]);
    expect(below([0.7, 0.2, 0.25], 0.48, 1.6)).toEqual([0, 0]);
  });

  it('and ends where what follows is as dark and wider than a lock: a jacket stays one', () => {
    expect(below(black, 0.3)).toEqual([0, 0]);
    expect(below([0.7, 0.2, 0.25], 0.7)).toEqual([0, 0]);
  });
});

/** A head of hair around a face: hair above the chin and beside it, skin in the middle, a wall behind. */
function shares(): Shares {
  const [skin, hair, clothes, background] = [0, 0, 0, 0].map(() => newPlane(200, 160)) as [
    Plane,
    Plane,
    Plane,
    Plane,
  ];
  for (let i = 0; i < skin.data.length; i++) {
    const [u, v] = [((i % 200) - head.x) / head.unit, (Math.floor(i / 200) - head.y) / head.unit];
    const part =
      Math.hypot(u / 0.3, v / 0.45) < 1
        ? skin
        : Math.hypot(u / 0.75, (v + 0.1) / 0.85) < 1
          ? hair
          : background;
    part.data[i] = 1;
  }
  return { skin, hair, clothes, background };
}

/** Moves a square of a head's surroundings, in heights of the face, from one part to another. */
function move(from: Plane, to: Plane, u: number, v: number, half: number, how = 1): number {
  const [x, y] = [head.x + u * head.unit, head.y + v * head.unit];
  for (let py = Math.round(y - half); py <= y + half; py++)
    for (let px = Math.round(x - half); px <= x + half; px++) {
      from.data[py * 200 + px] = 1 - how;
      to.data[py * 200 + px] = how;
    }
  return Math.round(y) * 200 + Math.round(x);
}

describe('hair', () => {
  it('hangs on a head by more than a thread: a dark shoulder that touches it is worn, a lock is not', () => {
    const [width, height] = [200, 160];
    const rows = classes.map(() => new Float32Array(width * height));
    const hair = rows[classes.indexOf('hair')] as Float32Array;
    const fill = (x: number, y: number, w: number, h: number) => {
      for (let py = y; py < y + h; py++) hair.fill(1, py * width + x, py * width + x + w);
    };
    fill(80, 20, 40, 40);
    fill(80, 60, 8, 60);
    fill(117, 60, 3, 20);
    fill(105, 80, 60, 30);
    const hairSeed = new Uint8Array(width * height).fill(1, 0, 55 * width);
    holdHair(rows, { width, height, hairSeed, thread: new Float32Array(width * height).fill(2.5) });
    const at = (x: number, y: number) => hair[y * width + x] as number;
    expect([at(100, 40), at(84, 110), at(81, 100)]).toEqual([1, 1, 1]);
    expect(at(140, 95)).toBeLessThan(0.2);
    expect(rows[classes.indexOf('clothes')]?.[95 * width + 140]).toBeGreaterThan(0.8);
  });
});

describe('what hangs together with hair alone', () => {
  it('is hair where it shines, on the crown; an ear stays skin, and so does a face', () => {
    const of = shares();
    const shine = move(of.hair, of.skin, 0.1, -0.75, 3);
    const ear = move(of.hair, of.skin, 0.45, 0.05, 2);
    fillHair(plainPicture(200, 160, [0.5, 0.4, 0.2]), of, [head]);
    expect([of.hair.data[shine], of.skin.data[shine]]).toEqual([1, 0]);
    expect(of.skin.data[ear]).toBe(1);
    expect(of.skin.data[head.y * 200 + head.x]).toBe(1);
  });

  it('is a light behind somebody where it borders what is behind and looks like that; a lit lock is hair', () => {
    for (const [shade, part] of [
      [0.95, 'background'],
      [0.55, 'hair'],
    ] as const) {
      const of = shares();
      const photo = plainPicture(200, 160, [0.5, 0.4, 0.2]);
      for (const plane of [photo.r, photo.g, photo.b])
        for (let i = 0; i < plane.length; i++) if (of.background.data[i] === 1) plane[i] = 1;
      const spot = move(of.background, of.skin, 0.8, 0.1, 5);
      for (let i = 0; i < photo.r.length; i++)
        if (of.skin.data[i] === 1 && i % 200 > 130) {
          photo.r[i] = shade;
          photo.g[i] = shade * 0.9;
          photo.b[i] = shade * (part === 'hair' ? 0.5 : 0.9);
        }
      fillHair(photo, of, [head]);
      expect(of[part].data[spot]).toBe(1);
    }
  });
});

describe('who and what is nobody’s whose face was found', () => {
  it('goes: a passer-by above the chin, a glass; cloth on them is not worn; a leg that is cut off stays', () => {
    const of = shares();
    const passer = move(of.background, of.skin, 1.4, -1, 9);
    const glass = move(of.background, of.clothes, -1.2, 1.2, 3);
    const leg = move(of.background, of.skin, 1.2, 1.2, 16);
    dropStrays(of, [head]);
    expect([of.skin.data[passer], of.background.data[passer]]).toEqual([0, 1]);
    expect(of.clothes.data[glass]).toBe(0);
    expect(of.skin.data[leg]).toBe(1);
    expect(of.skin.data[head.y * 200 + head.x]).toBe(1);
  });
});

describe('somebody whose face was not found, behind a head', () => {
  it('wears a shirt above our chins, and goes with it, arms and head; who stands before them stays', () => {
    const of = shares();
    const shirt = move(of.background, of.clothes, -1.25, -0.3, 14);
    const arm = move(of.background, of.skin, -1.65, -0.1, 6);
    dropStrays(of, [head]);
    expect([of.background.data[shirt], of.background.data[arm]]).toEqual([1, 1]);
    expect(of.hair.data[head.y * 200 + head.x - 30]).toBe(1);
    expect(of.skin.data[head.y * 200 + head.x]).toBe(1);
  });

  it('has a shirt of our hair’s colour: what stands out on one side alone is no hair; an Afro and a lock are', () => {
    const one = shares();
    const shirt = move(one.background, one.hair, -1, -0.2, 13);
    trimHair(one, [head]);
    expect([one.hair.data[shirt], one.clothes.data[shirt]]).toEqual([0, 1]);
    expect(one.hair.data[head.y * 200 + head.x - 30]).toBe(1);
    const both = shares();
    const wide = [-0.95, 0.95].map((u) => move(both.background, both.hair, u, -0.2, 13));
    trimHair(both, [head]);
    expect(wide.map((i) => both.hair.data[i])).toEqual([1, 1]);
    const lock = shares();
    const thin = move(lock.background, lock.hair, -0.9, 0.1, 4);
    trimHair(lock, [head]);
    expect(lock.hair.data[thin]).toBe(1);
  });
});

describe('a matte', () => {
  it('of short dark hair before a dark wall lets nothing through it', () => {
    const of = shares();
    const photo = plainPicture(200, 160, [0.1, 0.09, 0.1]);
    const person = newPlane(200, 160);
    for (let i = 0; i < photo.r.length; i++) {
      person.data[i] = 1 - (of.background.data[i] as number);
      for (const plane of [photo.r, photo.g, photo.b])
        if ((of.skin.data[i] as number) > 0) plane[i] = 0.8;
        else if ((of.hair.data[i] as number) > 0) plane[i] = 0.12;
    }
    const { alpha } = matteOf(photo, person, of.hair, head.unit);
    for (const [u, v] of [
      [0, -0.72],
      [0.5, -0.5],
      [-0.5, -0.5],
    ] as const)
      expect(
        alpha.data[Math.round(head.y + v * head.unit) * 200 + Math.round(head.x + u * head.unit)],
      ).toBeGreaterThan(0.95);
  });
});

describe('where hair ends', () => {
  it('is settled by what it looks like beside it: a lock that was taken for the wall is hair', () => {
    const of = shares();
    const photo = plainPicture(200, 160, [0.75, 0.75, 0.8]);
    for (let i = 0; i < photo.r.length; i++) {
      const [r, g, b] =
        (of.hair.data[i] as number) > 0
          ? [0.3, 0.18, 0.1]
          : (of.skin.data[i] as number) > 0
            ? [0.8, 0.6, 0.5]
            : [0.75, 0.75, 0.8];
      photo.r[i] = r as number;
      photo.g[i] = g as number;
      photo.b[i] = b as number;
    }
    const lock = move(of.hair, of.background, 0.68, -0.1, 2, 0.7);
    settleRims(photo, newPlane(200, 160), of, [head]);
    expect(of.hair.data[lock]).toBeGreaterThan(0.6);
    expect(of.background.data[20 * 200 + 20]).toBe(1);
  });

  it('is not settled by the light of a window where somebody surely is: light hair may have its colour', () => {
    const settled = (sure: number): number => {
      const of = shares();
      const photo = plainPicture(200, 160, [0.95, 0.95, 0.95]);
      for (let i = 0; i < photo.r.length; i++) {
        if (of.background.data[i] === 1) continue;
        const isSkin = of.skin.data[i] === 1;
        photo.r[i] = isSkin ? 0.8 : 0.5;
        photo.g[i] = isSkin ? 0.6 : 0.45;
        photo.b[i] = isSkin ? 0.5 : 0.4;
      }
      const lit = move(of.background, of.hair, 0, -0.9, 3, 0.7);
      for (const plane of [photo.r, photo.g, photo.b])
        for (let y = -3; y <= 3; y++) plane.fill(0.84, lit + y * 200 - 3, lit + y * 200 + 4);
      const body = newPlane(200, 160);
      body.data.fill(sure);
      settleRims(photo, body, of, [head]);
      return of.hair.data[lit] as number;
    };
    expect(settled(1)).toBeGreaterThan(2 * settled(0));
  });
});

describe('a tap', () => {
  const dark = plainPicture(200, 160, [0.1, 0.1, 0.12]);
  const place = (i: number) => ({ x: ((i % 200) + 0.5) / 200, y: (Math.floor(i / 200) + 0.5) / 160 });
  const around = (u: number, v: number) =>
    Math.round(head.y + v * head.unit) * 200 + Math.round(head.x + u * head.unit);

  it('on a strip of dark wall that was taken for dark hair gives the strip back, and no hair', () => {
    const of = shares();
    // Beside the hair and of its colour, a fifth as wide as a face is high.
    const strip = move(of.background, of.hair, 0.85, 0.2, 5);
    settleTaps(dark, of, [head], [{ part: 'background', ...place(strip) }]);
    expect(of.hair.data[strip]).toBeLessThan(0.1);
    expect(of.hair.data[around(0.8, 0.15)]).toBeLessThan(0.4);
    for (const [u, v] of [
      [0, -0.75],
      [0.5, -0.3],
      [-0.55, 0.1],
    ] as const)
      expect(of.hair.data[around(u, v)]).toBe(1);
  });

  it('on a lock that was missed takes all of the lock, and not the jacket beside it', () => {
    const of = shares();
    const photo = { ...dark, r: dark.r.slice(), g: dark.g.slice(), b: dark.b.slice() };
    const lock = move(of.background, of.clothes, 0.5, 1, 7);
    for (let i = 0; i < photo.r.length; i++)
      if (Math.abs((i % 200) - (lock % 200)) <= 4) {
        photo.r[i] = 0.45;
        photo.g[i] = 0.3;
      }
    settleTaps(photo, of, [head], [{ part: 'hair', ...place(lock) }]);
    expect(of.hair.data[lock]).toBe(1);
    expect(of.hair.data[lock + 5 * 200]).toBeGreaterThan(0.8);
    expect(of.hair.data[lock + 7]).toBeLessThan(0.1);
    expect(of.clothes.data[lock + 7]).toBeGreaterThan(0.9);
  });

  it('says nothing of what another one names', () => {
    const of = shares();
    const [one, two] = [around(-0.2, -0.8), around(0.2, -0.8)];
    settleTaps(
      dark,
      of,
      [head],
      [
        { part: 'hair', ...place(one) },
        { part: 'background', ...place(two) },
      ],
    );
    expect(of.hair.data[one]).toBe(1);
    expect(of.background.data[two]).toBe(1);
  });
});

describe('black hair in a light shade', () => {
  it('has depth and shine as light hair has, and not one colour all over', () => {
    const photo = plainPicture(120, 120, [0.1, 0.09, 0.08]);
    for (let i = 0; i < photo.r.length; i++) {
      const light = 0.09 + 0.05 * Math.sin(i % 120);
      photo.r[i] = light;
      photo.g[i] = light * 0.95;
      photo.b[i] = light * 0.9;
    }
    const made = dyeHair(photo, newPlane(120, 120, 1), [head], hex('#d8b070'));
    const lights = Array.from(made.r, (_, i) =>
      toLab(made.r[i] as number, made.g[i] as number, made.b[i] as number),
    ).sort((one, two) => one[0] - two[0]);
    const [dark, middle, bright] = [0.05, 0.5, 0.95].map(
      (share) => lights[Math.floor(share * lights.length)],
    );
    expect((bright?.[0] ?? 0) - (dark?.[0] ?? 1)).toBeGreaterThan(0.2);
    expect(Math.abs((middle?.[0] ?? 0) - toLab(...hex('#d8b070'))[0])).toBeLessThan(0.16);
  });

  it('is dimmer where the face is, whatever its skin', () => {
    /** How light dyed hair is above a face of this grey. */
    const above = (grey: number) => {
      const photo = plainPicture(200, 200, [grey, grey, grey]);
      const hair = newPlane(200, 200);
      hair.data.fill(1, 0, 55 * 200);
      for (const plane of [photo.r, photo.g, photo.b]) plane.fill(0.1, 0, 55 * 200);
      const made = dyeHair(photo, hair, [head], hex('#d8b070'));
      const at = 40 * 200 + 100;
      return toLab(made.r[at] as number, made.g[at] as number, made.b[at] as number)[0];
    };
    expect(above(0.1)).toBeLessThan(0.75 * above(0.6));
    expect(above(0.32)).toBe(above(0.6));
  });

  it('has no bright rim where skin shines through at its edge', () => {
    // Black hair over a light forehead, and between them pixels that are half of each.
    const photo = plainPicture(200, 200, [0.7, 0.6, 0.5]);
    const hair = newPlane(200, 200);
    hair.data.fill(1, 0, 50 * 200);
    hair.data.fill(0.5, 50 * 200, 52 * 200);
    for (const plane of [photo.r, photo.g, photo.b]) plane.fill(0.06, 0, 50 * 200);
    for (const plane of [photo.r, photo.g, photo.b]) plane.fill(0.36, 50 * 200, 52 * 200);
    const made = dyeHair(photo, hair, [head], hex('#7a1f2b'));
    const rim = 51 * 200 + 100;
    // Half of it stays as it was, and the other half is as deep as the dyed hair beside it.
    const inside = 40 * 200 + 100;
    expect(made.r[rim]).toBeLessThan(0.5 * 0.36 + 0.5 * (made.r[inside] as number) + 0.03);
  });

  it('grows hardly brighter where it begins, and leaves a forehead that was taken for it', () => {
    // Black hair down to row 50, where it grows thin and lighter; the mask goes on to row 53, over the skin.
    const photo = plainPicture(200, 200, [0.8, 0.62, 0.5]);
    const hair = newPlane(200, 200);
    hair.data.fill(1, 0, 54 * 200);
    for (const plane of [photo.r, photo.g, photo.b]) {
      plane.fill(0.08, 0, 48 * 200);
      plane.fill(0.2, 48 * 200, 51 * 200);
    }
    const made = dyeHair(photo, hair, [{ ...head, y: 130, unit: 150 }], hex('#c89b5a'));
    const at = (row: number) => made.r[row * 200 + 100] as number;
    expect(at(49)).toBeLessThan(at(30) + 0.1);
    expect(at(53)).toBeGreaterThan(0.72);
  });
});
