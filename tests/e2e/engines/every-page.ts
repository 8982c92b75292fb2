import { demoHandle } from '#scripts/seed/demo-gallery.ts';

/** Who opens what. A part in brackets is found as the first link to such a page on the one before. */
export const everyPage = {
  visitor: [
    '/',
    '/styles',
    '/explore',
    '/explore?sort=tried',
    `/g/${demoHandle}`,
    '/g/[handle]/[albumId]',
    '/plans',
    '/privacy',
    '/terms',
    '/contact',
    '/developers',
    '/studio',
    '/signup',
    '/login',
    '/login/code',
    '/verify',
    '/forgot-password',
    '/reset-password',
    '/vendor/signup',
    '/vendor/login',
    '/vendor/login/code',
    '/vendor/verify',
    '/vendor/forgot-password',
    '/vendor/reset-password',
    '/dev/empty',
    '/dev/ui',
    '/dev/outbox',
  ],
  user: [
    '/conversions',
    '/conversions/[id]',
    '/account',
    '/notices',
    '/billing',
    '/billing/payments/[id]',
    '/billing/review/basic',
    '/studio',
  ],
  vendor: [
    '/vendor',
    '/vendor/images',
    '/vendor/images?show=trash',
    '/vendor/albums',
    '/vendor/albums/[id]',
    '/vendor/insight',
    '/vendor/received',
    '/vendor/outside',
    '/vendor/billing',
    '/vendor/billing/payments/[id]',
    '/vendor/billing/review/vendor_pro',
    '/vendor/profile',
    '/vendor/notices',
  ],
} as const;

/** Measured where somebody comes to them: addresses that are secrets, and the console (`admin.spec.ts`). */
export const measuredElsewhere = /^\/(s|a)\/|\/selection\/|^\/admin/;

/** The page of the tree that is meant. */
export const pageOf = (address: string) =>
  address
    .replace(/\?.*/, '')
    .replace(`/g/${demoHandle}`, '/g/[handle]')
    .replace(/(\/review\/)\w+/, '$1[plan]');
