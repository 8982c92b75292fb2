import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const components = globSync('{app,components}/**/*.tsx').map((file) => ({
  file,
  // Tags as they are written, attributes and all; `=>` ends none.
  tags: readFileSync(file, 'utf8').match(/<[a-zA-Z](?:=>|[^>])*>/g) ?? [],
}));
const filesWith = (isFault: (tag: string, tags: readonly string[]) => boolean) =>
  components.filter(({ tags }) => tags.some((tag) => isFault(tag, tags))).map(({ file }) => file);

const isLive = (tag: string) => /role="status"|aria-live=/.test(tag);

test('there are live regions and sliders to look at', () => {
  expect(filesWith(isLive).length).toBeGreaterThan(10);
  expect(filesWith((tag) => tag.includes('type="range"')).length).toBeGreaterThan(1);
});

test('a live region is displayed also while it is empty: one that comes with its words is not read by everything', () => {
  expect(filesWith((tag) => isLive(tag) && /\bempty:hidden\b|className="hidden\b/.test(tag))).toEqual([]);
});

test('a slider is moved by our own keys: browsers do not agree on arrows where one reads from right to left', () => {
  const silent = filesWith((tag) => tag.includes('type="range"') && !tag.includes('onKeyDown'));
  expect(silent).toEqual([]);
  const others = filesWith((tag) => tag.includes('type="range"')).filter(
    (file) => !readFileSync(file, 'utf8').includes('movedByKey('),
  );
  expect(others).toEqual([]);
});
