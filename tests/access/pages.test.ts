import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { AdminRole } from '#lib/auth/admin/policy.ts';
import { sourceFiles } from '#tests/architecture/imports.ts';
import { useIdentity } from '#tests/support/identity.ts';
import { asBrowser } from '#tests/support/request-scope.ts';
import { type Actors, halfAdmins, helpers, notAdmins, peopleOf } from './actors.ts';

/** Who each page is for. A page that is missing here fails the first test. */
const pages: Record<string, 'anybody' | 'user' | 'vendor' | { admin: readonly AdminRole[] }> = {
  '': 'anybody',
  '/a/[token]': 'anybody',
  '/account': 'user',
  '/billing': 'user',
  '/billing/payments/[id]': 'user',
  '/billing/review/[plan]': 'user',
  '/contact': 'anybody',
  '/admin': { admin: ['support', 'finance', 'moderator'] },
  // For administrators who signed in too long ago.
  '/admin/again': 'user',
  // For those who have not shown their second factor.
  '/admin/factor': 'user',
  '/admin/audit': { admin: [] },
  '/admin/conversions': { admin: ['support'] },
  '/admin/conversions/[id]': { admin: ['support'] },
  '/admin/legal': { admin: [] },
  '/admin/moderation': { admin: ['moderator'] },
  '/admin/money': { admin: ['finance'] },
  '/admin/payments': { admin: ['finance', 'support'] },
  '/admin/payments/[id]': { admin: ['finance', 'support'] },
  '/admin/plans': { admin: ['finance'] },
  '/admin/books': { admin: ['finance'] },
  '/admin/settlements': { admin: ['finance'] },
  '/admin/circulars': { admin: ['support'] },
  '/admin/coupons': { admin: ['finance', 'support'] },
  '/admin/users': { admin: ['support', 'finance'] },
  '/admin/users/[id]': { admin: ['support', 'finance'] },
  '/admin/vendors': { admin: ['support', 'finance', 'moderator'] },
  '/admin/vendors/[id]/gallery': { admin: ['moderator', 'support'] },
  '/admin/vendors/[id]': { admin: ['support', 'finance', 'moderator'] },
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
  '/login/code': 'anybody',
  '/notices': 'user',
  '/plans': 'anybody',
  '/privacy': 'anybody',
  '/developers': 'anybody',
  '/reset-password': 'anybody',
  '/s/[token]': 'anybody',
  '/signup': 'anybody',
  '/studio': 'anybody',
  '/styles': 'anybody',
  '/terms': 'anybody',
  '/vendor': 'vendor',
  '/vendor/albums': 'vendor',
  '/vendor/outside': 'vendor',
  '/vendor/received': 'vendor',
  '/vendor/albums/[id]': 'vendor',
  '/vendor/albums/[id]/selection/[linkId]': 'vendor',
  '/vendor/billing': 'vendor',
  '/vendor/billing/payments/[id]': 'vendor',
  '/vendor/billing/review/[plan]': 'vendor',
  '/vendor/forgot-password': 'anybody',
  '/vendor/images': 'vendor',
  '/vendor/insight': 'vendor',
  '/vendor/login': 'anybody',
  '/vendor/login/code': 'anybody',
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
    const whose = pages[page];
    const guard = whose === 'user' ? 'requireUser' : whose === 'vendor' ? 'requireVendor' : 'requireAdmin';
    const calls = [...text.matchAll(/await (\w+)\(/g)].map(([, name]) => name ?? '');
    expect(calls.some((name) => name === guard || guarded[guard]?.includes(name))).toBe(true);
  });
});

// Links of what a page shows; outside the framework's own build they find no framework.
vi.mock('#lib/core/i18n/navigation.ts', () => ({
  Link: () => null,
  usePathname: () => '/',
  useRouter: () => ({}),
}));

const database = useIdentity(1000);
let actors: Actors;
/** Something that is there, by the page that shows one of its kind. */
const idOf: Record<string, string> = {};
beforeAll(async () => {
  const world = await peopleOf(database());
  actors = world.actors;
  idOf.users = world.userId;
  idOf.vendors = world.vendorId;
  const [payment] = await database().query<{ id: string }>(
    `INSERT INTO payments (user_id, plan_id, amount, callback_url, return_url)
     SELECT $1, id, 50000, '/callback', '/return' FROM payment_plans WHERE name = 'basic' RETURNING id`,
    [world.userId],
  );
  idOf.payments = payment?.id ?? '';
  const [conversion] = await database().query<{ id: string }>(
    `INSERT INTO user_conversions (user_id, conversion_type, input_file_url, style_name, status, error_message, charge_returned_at)
     VALUES ($1, 'free', '/a', 'oil', 'failed', 'x', now()) RETURNING id`,
    [world.userId],
  );
  idOf.conversions = conversion?.id ?? '';
});

/** How a page of administration answers somebody: what the framework was told to do instead of showing it. */
async function answerOf(path: string, cookies: Readonly<Record<string, string>>): Promise<string> {
  asBrowser(cookies);
  const { default: Page } = await import(/* @vite-ignore */ `/${path}`);
  const params = Promise.resolve({ locale: 'en', id: idOf[path.split('/')[3] ?? ''] });
  const asked: Promise<unknown> = Page({ params, searchParams: Promise.resolve({}) });
  // Behind its guard a page asks the framework for translations, which are not there outside of it.
  return asked.then(
    () => 'shown',
    (error: { digest?: string }) => error.digest?.split(';').slice(0, 3).join(' ') ?? 'shown',
  );
}

const administration = found.flatMap(({ page, path }) => {
  const whose = pages[page];
  return typeof whose === 'object' ? [{ page, path, roles: whose.admin }] : [];
});

describe.each(administration)('the page $page', ({ path, roles }) => {
  it.each(Object.entries(helpers))('knows whether it is for the role %s', async (role, actor) => {
    const may = roles.includes(role as AdminRole);
    expect(await answerOf(path, actors[actor])).toMatch(may ? /^shown$/ : /404/);
  });

  it('opens to an owner, and to nobody who has not shown everything', async () => {
    expect(await answerOf(path, actors.admin)).toBe('shown');
    for (const [actor] of halfAdmins) {
      expect(await answerOf(path, actors[actor])).toMatch(/^NEXT_REDIRECT \w+ \/en\/admin\/(again|factor)/);
    }
    for (const actor of notAdmins) {
      expect(await answerOf(path, actors[actor])).toMatch(/404|^NEXT_REDIRECT \w+ \/en\/login/);
    }
  });
});
