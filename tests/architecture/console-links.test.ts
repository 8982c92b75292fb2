import { expect, it } from 'vitest';
import { rolesAt } from '#lib/admin/policy.ts';
import { sourceFiles } from './imports.ts';

/** What may lead to another place of the console by itself: what asks the role, and what leads within one place. */
const byThemselves = new Set([
  'components/admin/place-link.tsx',
  'components/admin/filter-links.tsx',
  'components/admin/waiting/waiting-list.tsx',
]);

it('nothing of the console leads somebody to a place that is not theirs', () => {
  const leading = sourceFiles('components/admin')
    .filter(({ path, text }) => !byThemselves.has(path) && /<(Table)?Link\b[^>]*\/admin\//s.test(text))
    .map(({ path }) => path);
  expect(leading).toEqual([]);
});

it('an address of the console is somebody’s by its place', () => {
  const addresses = [
    '/admin/payments/1',
    '/admin/payments?show=attention',
    '/admin/vendors/1',
    '/admin/vendors/1/gallery?show=refused',
    '/admin/settlements?report=1',
    '/admin/audit?target=1',
    '/admin/toString',
  ];
  expect(Object.fromEntries(addresses.map((address) => [address, rolesAt(address)]))).toEqual({
    '/admin/payments/1': ['finance', 'support'],
    '/admin/payments?show=attention': ['finance', 'support'],
    '/admin/vendors/1': ['support', 'finance', 'moderator'],
    '/admin/vendors/1/gallery?show=refused': ['moderator', 'support'],
    '/admin/settlements?report=1': ['finance'],
    '/admin/audit?target=1': ['owner'],
    '/admin/toString': ['owner'],
  });
});
