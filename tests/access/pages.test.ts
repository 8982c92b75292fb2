import { describe, expect, it } from 'vitest';
import { sourceFiles } from '#tests/architecture/imports.ts';

/** Who each page is for. A page that is missing here fails the first test. */
const pages: Record<string, 'anybody' | 'user' | 'vendor' | 'admin'> = {
  '': 'anybody',
  '/a/[token]': 'anybody',
  '/account': 'user',
  '/billing': 'user',
  '/billing/payments/[id]': 'user',
  '/billing/review/[plan]': 'user',
  '/contact': 'anybody',
  '/admin': 'admin',
  // For administrators who signed in too long ago.
  '/admin/again': 'user',
  '/admin/audit': 'admin',
  '/admin/conversions': 'admin',
  '/admin/moderation': 'admin',
  '/admin/money': 'admin',
  '/admin/payments': 'admin',
  '/admin/payments/[id]': 'admin',
  '/admin/plans': 'admin',
  '/admin/users': 'admin',
  '/admin/users/[id]': 'admin',
  '/admin/vendors': 'admin',
  '/admin/vendors/[id]': 'admin',
  '/conversions': 'user',
  '/conversions/[id]': 'user',
  '/dev/empty': 'anybody',
  '/dev/outbox': 'anybody',
  '/dev/ui': 'anybody',
  '/explore': 'anybody',
  '/forgot-password': 'anybody',
  '/g/[handle]': 'anybody',
  '/g/[handle]/[albumId]': 'anybody',
  '/login': 'anybody',
  '/notices': 'user',
  '/plans': 'anybody',
  '/privacy': 'anybody',
  '/reset-password': 'anybody',
  '/s/[token]': 'anybody',
  '/signup': 'anybody',
  '/studio': 'user',
  '/styles': 'anybody',
  '/terms': 'anybody',
  '/vendor': 'vendor',
  '/vendor/albums': 'vendor',
  '/vendor/albums/[id]': 'vendor',
  '/vendor/billing': 'vendor',
  '/vendor/billing/payments/[id]': 'vendor',
  '/vendor/billing/review/[plan]': 'vendor',
  '/vendor/forgot-password': 'anybody',
  '/vendor/images': 'vendor',
  '/vendor/insight': 'vendor',
  '/vendor/login': 'anybody',
  '/vendor/notices': 'vendor',
  '/vendor/profile': 'vendor',
  '/vendor/reset-password': 'anybody',
  '/vendor/signup': 'anybody',
  '/vendor/verify': 'anybody',
  '/verify': 'anybody',
};

const found = sourceFiles('app')
  .filter(({ path }) => path.endsWith('/page.tsx'))
  .map((file) => ({ ...file, page: file.path.replace(/^app\/\[locale\]|\/page\.tsx$/g, '') }));

/** Page queries that ask for the session themselves. */
function guardedBy(guard: string): string[] {
  return sourceFiles('lib')
    .filter(({ path }) => /[/-]queries\.ts$/.test(path))
    .flatMap(({ text }) =>
      text
        .split(/^export /m)
        .filter((part) => part.includes(`${guard}(`))
        .map((part) => /(?:function|const) (\w+)/.exec(part)?.[1] ?? ''),
    );
}

const guarded: Readonly<Record<string, readonly string[]>> = {
  requireUser: guardedBy('requireUser'),
  requireVendor: guardedBy('requireVendor'),
  requireAdmin: guardedBy('requireAdmin'),
};

it('every page stands in the table', () => {
  expect(found.map(({ page }) => page).sort()).toEqual(Object.keys(pages).sort());
});

describe.each(found.filter(({ page }) => pages[page] !== 'anybody'))('the page $page', ({ page, text }) => {
  it('asks for the session before it shows anything', () => {
    const guard = { user: 'requireUser', vendor: 'requireVendor', admin: 'requireAdmin' }[
      pages[page] as 'user' | 'vendor' | 'admin'
    ];
    const calls = [...text.matchAll(/await (\w+)\(/g)].map(([, name]) => name ?? '');
    expect(calls.some((name) => name === guard || guarded[guard]?.includes(name))).toBe(true);
  });
});
