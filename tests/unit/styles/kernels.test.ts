import { describe, expect, it } from 'vitest';
import { enlargedRows } from '#lib/styles/paint/kernels/enlarge-rows.ts';
import { flowOf } from '#lib/styles/paint/kernels/flow.ts';
import { boxMean, gaussian } from '#lib/styles/paint/kernels/gaussian.ts';
import { toneTable } from '#lib/styles/paint/kernels/grade.ts';
import { guidedFilter } from '#lib/styles/paint/kernels/guided-filter.ts';
import { dotInk, screenAt } from '#lib/styles/paint/kernels/halftone.ts';
import { kuwahara } from '#lib/styles/paint/kernels/kuwahara.ts';
import { lensBlur } from '#lib/styles/paint/kernels/lens-blur.ts';
import { drawLines, smoothAlong } from '#lib/styles/paint/kernels/lines.ts';
import { seededRandom } from '#lib/styles/paint/kernels/random.ts';
import { resize } from '#lib/styles/paint/kernels/resize.ts';
import { newPlane, type Picture, type Plane } from '#lib/styles/paint/raster.ts';
import { plainPicture } from '#tests/support/pictures.ts';

/** Random but the same every time, with flat parts and hard edges among the noise. */
function noisy(width: number, height: number, seed: number): Plane {
  const random = seededRandom(seed);
  const plane = newPlane(width, height);
  for (let i = 0; i < plane.data.length; i++) {
    plane.data[i] = (i % width) * 2 < width ? 0.25 * random() : 0.6 + 0.4 * random();
  }
  return plane;
}

function noisyPicture(width: number, height: number): Picture {
  const [r, g, b] = [1, 2, 3].map((seed) => noisy(width, height, seed).data) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  return { width, height, r, g, b };
}

function flipped(plane: Plane): Plane {
  const out = newPlane(plane.width, plane.height);
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = plane.data[plane.data.length - 1 - i] as number;
  }
  return out;
}

const worst = (data: Float32Array, wanted: (i: number) => number) =>
  data.reduce((most, value, i) => Math.max(most, Number.isNaN(value) ? 1e9 : Math.abs(value - wanted(i))), 0);

/** Every kernel that makes a plane of a plane and should not move what is flat. */
const filters: [string, (plane: Plane) => Plane][] = [
  ['a fine Gaussian', (plane) => gaussian(plane, 0.8)],
  ['a Gaussian of taps', (plane) => gaussian(plane, 2)],
  ['a Gaussian of boxes', (plane) => gaussian(plane, 6.3)],
  ['a Gaussian wider than the picture', (plane) => gaussian(plane, 70)],
  ['a box mean', (plane) => boxMean(plane, 4)],
  ['a guided filter', (plane) => guidedFilter(plane, plane, { sigma: 5, epsilon: 0.01 })],
  [
    'a guided filter fitted small',
    (plane) => guidedFilter(plane, plane, { sigma: 5, epsilon: 0.01, fitAt: 20 }),
  ],
  ['shrinking and growing', (plane) => resize(resize(plane, 9, 11), plane.width, plane.height, 'crisp')],
  ['smoothing along the flow', (plane) => smoothAlong(plane, flowOf(plane, 2), 4)],
];

describe.each(filters)('%s', (_, filter) => {
  it.each([
    [64, 48],
    [1, 1],
    [1, 30],
    [16, 3],
  ])('leaves a constant %i x %i plane as it is', (width, height) => {
    expect(worst(filter(newPlane(width, height, 0.37)).data, () => 0.37)).toBeLessThan(1e-4);
  });

  it('makes no value that is not a number, and stays within what went in by a little', () => {
    const { data } = filter(noisy(61, 47, 5));
    expect(worst(data, () => 0.5)).toBeLessThan(0.9);
  });
});

describe.each(filters.slice(0, 6))('%s', (_, filter) => {
  it('treats all borders alike: turning the picture turns the result', () => {
    const plane = noisy(60, 44, 6);
    const turned = flipped(filter(flipped(plane))).data;
    expect(worst(filter(plane).data, (i) => turned[i] as number)).toBeLessThan(1e-4);
  });
});

describe('lines of a plane read larger than it is', () => {
  it('are those of the enlarged plane', () => {
    const plane = noisy(37, 23, 5);
    const whole = resize(plane, 91, 64);
    const rows = enlargedRows(plane, 91, 64);
    for (let y = 0; y < 64; y++) {
      const line = rows(y);
      expect(worst(line, (x) => whole.data[y * 91 + x] as number)).toBeLessThan(1e-5);
    }
  });
});

describe('Gaussian blur', () => {
  it.each([0.8, 1.5, 2.1, 2.3, 4, 9])('spreads a point by the sigma asked for (%f)', (sigma) => {
    const plane = newPlane(121, 121);
    plane.data[60 * 121 + 60] = 1;
    const { data } = gaussian(plane, sigma);
    let [sum, square] = [0, 0];
    data.forEach((value, i) => {
      sum += value;
      square += value * ((i % 121) - 60) ** 2;
    });
    expect(sum).toBeCloseTo(1, 3);
    expect(Math.abs(Math.sqrt(square) / sigma - 1)).toBeLessThan(0.06);
  });
});

describe('guided filter', () => {
  it('keeps a hard edge of the guide while it calms what lies beside it', () => {
    const guide = newPlane(80, 40);
    for (let i = 0; i < guide.data.length; i++) guide.data[i] = i % 80 < 40 ? 0.1 : 0.9;
    const { data } = guidedFilter(guide, guide, { sigma: 6, epsilon: 1e-3 });
    expect(Math.abs((data[20 * 80 + 37] as number) - 0.1)).toBeLessThan(0.02);
    expect(Math.abs((data[20 * 80 + 42] as number) - 0.9)).toBeLessThan(0.02);
  });
});

describe('colour kernels', () => {
  it('leave a plain colour as it is', () => {
    const plain = plainPicture(50, 34, [0.8, 0.3, 0.1]);
    const flow = flowOf(newPlane(50, 34, 0.4), 2, 6);
    for (const result of [
      kuwahara(plain, flow, 4),
      lensBlur(plain, null, 9),
      lensBlur(plain, newPlane(50, 34, 1), 9),
    ]) {
      expect(worst(result.r, () => 0.8)).toBeLessThan(2e-3);
      expect(worst(result.g, () => 0.3)).toBeLessThan(2e-3);
      expect(worst(result.b, () => 0.1)).toBeLessThan(2e-3);
    }
  });

  it('answer with numbers for noise, also when the subject fills the frame', () => {
    const picture = noisyPicture(53, 41);
    const flow = flowOf({ width: 53, height: 41, data: picture.g }, 1.5, 6);
    for (const result of [kuwahara(picture, flow, 5), lensBlur(picture, newPlane(53, 41, 1), 12)]) {
      for (const data of [result.r, result.g, result.b]) expect(worst(data, () => 0.5)).toBeLessThan(0.7);
    }
  });
});

describe('flow', () => {
  it('runs along an edge, whichever way the edge lies', () => {
    for (const degrees of [0, 30, 60, 90, 135, 170]) {
      const angle = (degrees * Math.PI) / 180;
      const plane = newPlane(64, 64);
      for (let i = 0; i < plane.data.length; i++) {
        const across = ((i % 64) - 32) * -Math.sin(angle) + (Math.floor(i / 64) - 32) * Math.cos(angle);
        plane.data[i] = 1 / (1 + Math.exp(-across));
      }
      const flow = flowOf(plane, 2);
      const middle = 32 * 64 + 32;
      const along =
        (flow.x[middle] as number) * Math.cos(angle) + (flow.y[middle] as number) * Math.sin(angle);
      expect(Math.abs(along)).toBeGreaterThan(0.98);
    }
  });

  it('gives a unit vector everywhere, also where nothing is to be seen', () => {
    const flow = flowOf(newPlane(20, 20, 0.5), 2, 8);
    flow.x.forEach((x, i) => {
      expect(Math.hypot(x, flow.y[i] as number)).toBeCloseTo(1, 5);
    });
  });
});

describe('lines', () => {
  it('appear at an edge and nowhere on a flat or gently shaded plane', () => {
    const plane = newPlane(80, 40);
    for (let i = 0; i < plane.data.length; i++) plane.data[i] = 0.3 + (i % 80) * 0.002;
    const options = { sigma: 1, along: 4, threshold: 0.006, hardness: 80 };
    expect(worst(drawLines(plane, flowOf(plane, 2), options).data, () => 0)).toBeLessThan(1e-3);
    for (let i = 0; i < plane.data.length; i++) if (i % 80 > 40) plane.data[i] = 0.9;
    const drawn = drawLines(plane, flowOf(plane, 2), options).data;
    expect(Math.max(...drawn)).toBeGreaterThan(0.8);
    expect(
      worst(
        drawn.filter((_, i) => i % 80 < 30 || i % 80 > 50),
        () => 0,
      ),
    ).toBeLessThan(1e-3);
  });
});

describe('halftone', () => {
  it('begins without a line where a pale wall slowly grows darker', () => {
    const screen = screenAt(5, 45);
    const printed = (tone: number) => {
      let ink = 0;
      for (let i = 0; i < 140 * 140; i++) ink += dotInk(screen, i % 140, Math.floor(i / 140), tone);
      return ink / (140 * 140);
    };
    const tones = Array.from({ length: 31 }, (_, k) => k * 0.005);
    const inks = tones.map(printed);
    // A step of half a hundredth of tone is never seen as more than two hundredths of ink.
    const steps = inks.slice(1).map((ink, k) => ink - (inks[k] as number));
    expect(Math.max(...steps)).toBeLessThan(0.02);
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  });

  it('covers as much of the paper as the tone says, from light to dark', () => {
    const screen = screenAt(7, 30);
    for (const tone of [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]) {
      let ink = 0;
      for (let i = 0; i < 140 * 140; i++) ink += dotInk(screen, i % 140, Math.floor(i / 140), tone);
      expect(Math.abs(ink / (140 * 140) - tone), `tone ${tone}`).toBeLessThan(0.06);
    }
  });
});

describe('tone curve', () => {
  it('passes through its points and never turns back between rising ones', () => {
    const table = toneTable([
      [0, 0.02],
      [0.2, 0.05],
      [0.5, 0.7],
      [1, 0.99],
    ]);
    expect(table[0]).toBeCloseTo(0.02, 5);
    expect(table[512]).toBeCloseTo(0.7, 2);
    expect(table[1024]).toBeCloseTo(0.99, 5);
    table.forEach((value, i) => {
      if (i > 0) expect(value).toBeGreaterThanOrEqual(table[i - 1] as number);
    });
  });
});
