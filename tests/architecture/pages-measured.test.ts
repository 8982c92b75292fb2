import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { everyPage, measuredElsewhere, pageOf } from '#tests/e2e/engines/every-page.ts';

test('every page is opened, as narrow as it must be read, in three engines', () => {
  const measured = new Set(Object.values(everyPage).flat().map(pageOf));
  const pages = globSync('app/[[]locale]/**/page.tsx').map(
    (file) => file.replace('app/[locale]', '').replace(/\/page\.tsx$/, '') || '/',
  );
  expect(pages.length).toBeGreaterThan(50);
  expect(pages.filter((page) => !measured.has(page) && !measuredElsewhere.test(page))).toEqual([]);
});
