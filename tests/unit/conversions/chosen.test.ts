import { expect, test } from 'vitest';
import { orderWith, withShades, withStrength, withTap, withTaps } from '#components/studio/draft/chosen.ts';
import { emptyDraft } from '#components/studio/draft/draft.ts';
import { tapsInput } from '#lib/gallery/look/input.ts';
import { mostTaps, type Tap } from '#lib/gallery/look/kinds.ts';
import { readShades, shadesText, tryPath } from '#lib/gallery/public/paths.ts';

const tap = (x: number, y: number, part: Tap['part'] = 'hair'): Tap => ({ part, x, y });

test('a tap is added, and taken away by a tap on top of it', () => {
  const one = withTap([], tap(0.123456, 0.5));
  expect(one).toEqual([tap(0.1235, 0.5)]);
  expect(withTap(one, tap(0.13, 0.51, 'background'))).toEqual([]);
  expect(withTap(one, tap(0.3, 0.5))).toHaveLength(2);
});

test('however often and wherever somebody taps, the server takes what is kept', () => {
  let taps: readonly Tap[] = [];
  for (let k = 0; k < 60; k++) taps = withTap(taps, tap(((k * 37) % 101) / 90 - 0.05, ((k * 61) % 97) / 90));
  expect(taps.length).toBeLessThanOrEqual(mostTaps);
  expect(tapsInput.safeParse(taps).success).toBe(true);
});

test('taps belong to their photo, shades to their picture, and either ends the wish', () => {
  const wish = { key: 'k', at: 1 };
  const photos = ['a', 'b'].map((key) => ({ key, name: key, image: null }));
  const tapped = withTaps({ ...emptyDraft, photos, wish }, 'b', [tap(0.5, 0.5)]);
  expect(tapped.photos.map(({ taps }) => taps?.length ?? 0)).toEqual([0, 1]);
  expect(tapped.wish).toBeNull();
  const dyed = withShades({ ...tapped, wish }, 'x', { hair: '#5a3420' });
  expect([dyed.shades, dyed.wish]).toEqual([{ x: { hair: '#5a3420' } }, null]);
  expect(withShades(dyed, 'x', null).shades).toEqual({});
});

test('a strength belongs to its look, ends the wish, and is nothing to keep when it is all of it', () => {
  const wish = { key: 'k', at: 1 };
  const soft = withStrength({ ...emptyDraft, wish }, 'oil', 0.6);
  expect([soft.strengths, soft.wish]).toEqual([{ oil: 0.6 }, null]);
  expect(withStrength(soft, 'oil', 1).strengths).toEqual({});
  expect(orderWith({ kind: 'hair' }, undefined, null, soft.strengths.oil)).toEqual({
    kind: 'hair',
    strength: 0.6,
  });
  expect(orderWith({ kind: 'hair' }, undefined, null, undefined)).toEqual({ kind: 'hair' });
});

test('what is chosen takes the place of what the gallery says, part by part of the order', () => {
  const region = { x: 0, y: 0, width: 1, height: 1 };
  const order = { kind: 'makeup', region, shades: { lips: '#111111', eyes: '#222222' } } as const;
  expect(orderWith(order, undefined, null)).toEqual(order);
  expect(orderWith(order, { lips: '#333333' }, { taps: [tap(0.5, 0.5, 'person')] })).toEqual({
    kind: 'makeup',
    region,
    shades: { lips: '#333333' },
    taps: [tap(0.5, 0.5, 'person')],
  });
});

test('shades go into an address and come out of it; what is no shade does not', () => {
  const shades = { lips: '#b01040', eyes: '#6a5a8a' };
  expect(shadesText(shades)).toBe('lips-b01040,eyes-6a5a8a');
  expect(readShades('lips-b01040,eyes-6A5A8A')).toEqual(shades);
  expect(readShades('lips-b0104,nose-000000,<script>')).toBeUndefined();
  expect(tryPath('id', shades)).toBe('/studio?reference=id&shade=lips-b01040,eyes-6a5a8a');
  expect(tryPath('id', null)).toBe('/studio?reference=id');
});
