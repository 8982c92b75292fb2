import { adminRoles, type Roles } from '#lib/auth/admin/policy.ts';

/** The numbers of administration, and whose it is. Safe to import in the browser. */

/** The roles that each action is open to, besides the owner: its door asks, and so does the page that offers it. */
export const actRoles = {
  suspend: ['support', 'moderator'],
  restore: ['support', 'moderator'],
  endSessions: ['support'],
  verify: ['moderator'],
  unverify: ['moderator'],
  grant: ['support'],
  plan: ['finance'],
  createPlan: ['finance'],
  setPrice: ['finance'],
  dropPrice: ['finance'],
  createCoupon: ['finance'],
  retireCoupon: ['finance'],
  terms: ['finance'],
  publishText: ['owner'],
  withdrawText: ['owner'],
  createBanner: ['support'],
  retireBanner: ['support'],
  createCircular: ['support'],
  stopCircular: ['support'],
  createBatch: ['finance'],
  exportBatch: ['finance'],
  retireBatch: ['finance'],
  note: ['support', 'finance', 'moderator'],
  askNumber: ['support'],
  agreeNumber: ['support'],
  withdrawNumber: ['support'],
  finishNumber: ['support'],
  setGateway: ['finance'],
  importReport: ['finance'],
  check: ['finance', 'support'],
  attend: ['finance'],
  stray: ['finance'],
  refund: ['finance'],
  refundPart: ['finance'],
  transfer: ['finance'],
  reconcile: ['finance'],
  rerun: ['support'],
  keep: ['moderator'],
  closeReport: ['moderator'],
  remove: ['moderator'],
  accept: ['moderator'],
  refuse: ['moderator'],
  takeDown: ['moderator'],
  putBack: ['moderator'],
  takeAvatar: ['support', 'moderator'],
} as const satisfies Record<string, Roles>;

/** Whose each place is. */
export const placeRoles = {
  overview: adminRoles,
  money: ['finance'],
  users: ['support', 'finance'],
  vendors: ['support', 'finance', 'moderator'],
  payments: ['finance', 'support'],
  plans: ['finance'],
  coupons: ['finance', 'support'],
  books: ['finance'],
  legal: ['owner'],
  circulars: ['support'],
  conversions: ['support'],
  moderation: ['moderator'],
  /** Who is asked by a business why a picture is not shown looks; only moderators act. */
  gallery: ['moderator', 'support'],
  /** What everybody did: the owner's own. */
  audit: ['owner'],
} as const satisfies Record<string, Roles>;

/** Whose the page at an address of administration is. An address of none is the owner's. */
export function rolesAt(address: string): Roles {
  const [, , place = '', , part] = address.split(/[/?#]/);
  if (part === 'gallery') return placeRoles.gallery;
  if (place === 'settlements') return placeRoles.books;
  return Object.hasOwn(placeRoles, place) ? placeRoles[place as keyof typeof placeRoles] : ['owner'];
}

/** How long a take-down can be taken back. */
export const undoDays = 30;

/** Rows on a page of any list. */
export const pageSize = 30;
/** Of a person's payments, conversions and grants, on their own page. */
export const newestOfAccount = 10;

/** How much may be granted, or taken back, at once. */
export const grantAtMost = 1000;

/** A conversion nobody carries on for this long is stuck. */
export const stuckMinutes = 3;

/** Lines of a settlement report that are shown of each kind; who has more has another question. */
export const oddAtMost = 200;

/** How many rows one export holds at most. */
export const exportRowsAtMost = 100_000;

/** How many days the charts show. */
export const chartDays = 30;
