import { expect, test } from 'vitest';
import {
  emptyDraft,
  liveWish,
  lookOfName,
  nameOfLook,
  toggled,
  wantedCount,
  wantedLooks,
  without,
  withoutPhoto,
  withPhotos,
} from '#components/studio/draft/draft.ts';

const photo = (key: string) => ({ key, name: key, image: null });

test('ten photos fit, each once, and the first new one stands large', () => {
  const two = withPhotos(emptyDraft, [photo('a'), photo('b')]);
  expect([two.photos.length, two.shown]).toEqual([2, 0]);
  const more = withPhotos(two, Array.from('bcdefghijklm', photo));
  expect([more.photos.length, more.shown]).toEqual([10, 2]);
  expect(withPhotos(more, [photo('z')])).toBe(more);
  const last = withoutPhoto({ ...more, shown: 9 }, 9);
  expect([last.photos.length, last.shown]).toEqual([9, 8]);
  expect(withoutPhoto(last, 0).shown).toBe(7);
});

test('a photo that is only offered comes to an empty draft, and goes when one is chosen', () => {
  const offered = { ...photo('last'), isOffered: true };
  const draft = withPhotos(emptyDraft, [offered]);
  expect(draft.photos).toEqual([offered]);
  expect(withPhotos(draft, [photo('a'), photo('b')]).photos.map(({ key }) => key)).toEqual(['a', 'b']);
  expect(withPhotos(draft, [photo('last')]).photos).toEqual([photo('last')]);
  const own = withPhotos(emptyDraft, [photo('a')]);
  expect(withPhotos(own, [offered])).toBe(own);
});

test('what stands large is made, unless looks were picked: then those, with every photo', () => {
  const draft = { ...withPhotos(emptyDraft, [photo('a'), photo('b')]), look: { style: 'ink' } };
  expect([wantedLooks(draft), wantedCount(draft)]).toEqual([[{ style: 'ink' }], 2]);
  const picked = toggled(toggled(draft, { style: 'oil' }), { reference: 'x' });
  expect(wantedLooks(picked)).toEqual([{ style: 'oil' }, { reference: 'x' }]);
  expect(wantedCount(picked)).toBe(4);
  expect(wantedLooks(toggled(toggled(picked, { style: 'oil' }), { reference: 'x' }))).toEqual([
    { style: 'ink' },
  ]);
  expect(wantedLooks(without(picked, { reference: 'x' }))).toEqual([{ style: 'oil' }]);
  expect(without(picked, { reference: 'y' })).toBe(picked);
  expect(lookOfName(nameOfLook({ reference: 'x' }))).toEqual({ reference: 'x' });
});

test('a wish ends with an hour, and with every change of what was wished', () => {
  const wish = { key: 'k', at: 1000 };
  const draft = { ...withPhotos(emptyDraft, [photo('a')]), wish };
  expect(liveWish(draft, 1000 + 59 * 60_000)).toBe(wish);
  expect(liveWish(draft, 1000 + 61 * 60_000)).toBeNull();
  for (const changed of [
    withPhotos(draft, [photo('b')]),
    withoutPhoto(draft, 0),
    toggled(draft, { style: 'oil' }),
  ]) {
    expect(changed.wish).toBeNull();
  }
});
